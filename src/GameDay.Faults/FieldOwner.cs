using System.Text.Json;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Who wrote a field last, by the API server's own book-keeping (managedFields).</summary>
internal static class FieldOwner
{
    /// <summary>Name under which our client writes.</summary>
    public const string Us = "gameday";

    /// <summary>Where the server puts together writers it no longer tells apart.</summary>
    private const string Forgotten = "ancient-changes";

    /// <summary>
    /// Whether our value may still be the one we wrote: by us, or by nobody the server remembers. Taken for somebody else's, it
    /// would stay for ever and be called proved.
    /// </summary>
    public static bool MayBeUs(string? manager) => manager is null or Us or Forgotten;

    /// <summary>Null when nobody is on record, as for a field that is gone.</summary>
    /// <param name="path">Such as spec, replicas.</param>
    public static string? Of(V1ObjectMeta metadata, params string[] path) => (metadata.ManagedFields ?? [])
        .Where(entry => entry.FieldsV1 is { } fields && Holds(fields, path))
        .OrderByDescending(entry => entry.Time)
        .Select(entry => entry.Manager)
        .FirstOrDefault();

    private static bool Holds(JsonElement fields, string[] path)
    {
        foreach (var name in path)
        {
            if (fields.ValueKind != JsonValueKind.Object || !fields.TryGetProperty("f:" + name, out fields))
                return false;
        }

        return true;
    }
}

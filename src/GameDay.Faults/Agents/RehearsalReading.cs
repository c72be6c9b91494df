using System.Globalization;
using System.Text.Json;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>What a rehearsing agent wrote, and whether a fault may be placed there.</summary>
public sealed record RehearsalReading(DateTimeOffset? At, RehearsalReading.Seen? Rehearsal)
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(5);

    // The server tells its time in whole seconds.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <param name="Problems">Why some faults would be refused there.</param>
    public sealed record Seen(
        string? Release, string? Architecture, string? Runtime, bool? NetAdmin, bool? TimedSets, string? DeadlineHeldBy,
        string? Device, string? RootQdisc, string? Mesh, IReadOnlyList<string>? Problems);

    /// <summary>Null when the text is no rehearsal.</summary>
    public static RehearsalReading? Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || JsonSerializer.Deserialize<RehearsalReading>(text.Trim().Split('\n')[^1], KubernetesJson.Options) is not { Rehearsal: not null } read ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="before">Server time before it was asked for.</param>
    /// <param name="after">Server time after it had ended.</param>
    public (bool Fit, string Words) Judge(DateTimeOffset before, DateTimeOffset after)
    {
        var seen = Rehearsal!;
        var skew = Skew(before, after);
        var against = new[]
        {
            seen.Runtime is { } runtime ? $"{runtime} does not use its node's kernel" : null,
            seen.NetAdmin == false ? "NET_ADMIN is not effective" : null,
            seen.TimedSets == false || seen.DeadlineHeldBy == "nobody" ? "nothing in the kernel would hold the deadline" : null,
            skew > MostSkew ? $"its clock is {skew.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s off the API server's, more than {MostSkew.TotalSeconds:0}" : null,
        }.OfType<string>().ToList();
        return against.Count > 0 ? (false, string.Join("; ", against.Concat(seen.Problems ?? []).Distinct(StringComparer.Ordinal))) : (true, Words(seen, skew));
    }

    private TimeSpan Skew(DateTimeOffset before, DateTimeOffset after)
    {
        if (At is not { } at) return TimeSpan.Zero;
        var off = at < before ? before - at : at > after + Grain ? at - after - Grain : TimeSpan.Zero;
        return off;
    }

    private static string Words(Seen seen, TimeSpan skew)
    {
        string?[] parts =
        [
            $"agent runs on {seen.Architecture}, kernel {seen.Release ?? "not known"}", seen.Device is { } device ? $"{device} ({seen.RootQdisc ?? "no root qdisc"})" : "no default route",
            seen.DeadlineHeldBy is { } holder ? $"deadline held by the {holder}" : null, seen.Mesh is { Length: > 0 } mesh ? $"mesh: {mesh}" : "no mesh",
            skew < TimeSpan.FromSeconds(1) ? "clock agrees" : $"clock {skew.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s off", .. seen.Problems ?? [],
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}

using System.Globalization;
using System.Text.Json;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What every object of ours carries, so that it is found, understood and undone without any database.</summary>
public static class Marks
{
    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string Product = "gameday";
    public const string Installation = "gameday.dev/installation";
    public const string Injection = "gameday.dev/injection";
    public const string Run = "gameday.dev/run";

    /// <summary>On every ledger entry: its version.</summary>
    public const string Ledger = "gameday.dev/ledger";

    /// <summary>What a Lease of ours is for: <c>run</c> or <c>reaper</c>.</summary>
    public const string Role = "gameday.dev/role";

    /// <summary>The whole ledger entry as JSON, undo plan and all (revert protocol, rule 10).</summary>
    public const string Entry = "gameday.dev/entry";

    /// <summary>The same in words, for whoever meets the object.</summary>
    public const string UndoInWords = "gameday.dev/undo-by-hand";

    private const string CreatedAt = "createdAt";

    public const string OursSelector = $"{ManagedBy}={Product}";

    public static IReadOnlyDictionary<string, string> Labels(InjectionOrder order) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ManagedBy] = Product,
        [Installation] = order.InstallationId,
        [Injection] = order.ShortId,
        [Run] = order.RunId.ToString("N"),
    };

    /// <summary>
    /// What an object that we make or change carries beside the labels: with it the fault is undone without ledger and database.
    /// The order is the one of the injection itself, whose landing window counts from the entry's creation.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Annotations(InjectionOrder order, UndoPlan undo)
    {
        var entry = new Dictionary<string, string>(new LedgerContent { Order = order, Undo = undo }.Fields(), StringComparer.Ordinal)
        {
            [CreatedAt] = (order.NotAfter - LedgerContent.LandingWindow).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        };
        return new Dictionary<string, string>(StringComparer.Ordinal) { [Entry] = JsonSerializer.Serialize(entry), [UndoInWords] = undo.InWords };
    }

    /// <summary>The entry that a marked object carries; null when there is none, or none of this version, or it was edited.</summary>
    public static LedgerContent? EntryOf(V1ObjectMeta metadata, string cluster)
    {
        try
        {
            if (metadata.Annotation(Entry) is not { } text || JsonSerializer.Deserialize<Dictionary<string, string?>>(text) is not { } read || read.ContainsValue(null))
                return null;
            var fields = read.ToDictionary(field => field.Key, field => field.Value!, StringComparer.Ordinal);
            if (!fields.Remove(CreatedAt, out var at))
                return null;
            return LedgerContent.From(fields, cluster, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (Exception damage) when (damage is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether an object belongs to this very injection; only then may it be touched (rule 13).</summary>
    public static bool Carries(V1ObjectMeta metadata, InjectionOrder order) =>
        metadata.Label(Installation) == order.InstallationId && metadata.Label(Injection) == order.ShortId;
}

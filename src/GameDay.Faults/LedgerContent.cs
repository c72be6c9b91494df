using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What one ledger entry says: named fields and values, never a patch, so that a forged entry can ask for nothing new.</summary>
public sealed record LedgerContent
{
    public const string Version = "1";

    /// <summary>An injection must begin this soon after its entry was created, or never (rule 2).</summary>
    public static readonly TimeSpan LandingWindow = TimeSpan.FromSeconds(30);
    private const string UndoPrefix = "undo.";
    private const string SettingPrefix = "setting.";
    private const string Seal = "seal";

    /// <summary>What may change in an entry's life; everything else is sealed.</summary>
    private static readonly string[] Moving = ["wanted", "recorded", "proof", "provedAt", Seal];

    public required InjectionOrder Order { get; init; }
    public required UndoPlan Undo { get; init; }

    /// <summary>Active, then Reverted; never back.</summary>
    public string Wanted { get; init; } = "Active";

    /// <summary>Active, then proved.</summary>
    public string Recorded { get; init; } = "Active";

    /// <summary>One line of the proof.</summary>
    public string? Proof { get; init; }
    public DateTimeOffset? ProvedAt { get; init; }

    public bool IsProved => Recorded == "proved";

    /// <summary>The name is what is changed, so that nobody can change it twice at a time.</summary>
    public static string NameOf(InjectionOrder order, UndoPlan undo) => NameOf(order.Target.Uid, undo.Layer);

    public static string NameOf(string targetUid, string layer) =>
        "gameday-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{targetUid}/{layer}")))[..24];

    public V1ConfigMap ToConfigMap(string @namespace, string? resourceVersion = null) => new()
    {
        Metadata = new()
        {
            Name = NameOf(Order, Undo),
            Namespace = @namespace,
            ResourceVersion = resourceVersion,
            Labels = new Dictionary<string, string>(Marks.Labels(Order), StringComparer.Ordinal) { [Marks.Ledger] = Version },
        },
        Data = Fields(),
    };

    /// <summary>Null when the entry is of another version, damaged or edited by hand: then it is listed, never acted on.</summary>
    public static LedgerContent? From(V1ConfigMap map, string cluster) =>
        map is { Data: { } data, Metadata.CreationTimestamp: { } createdAt } ? From(data, cluster, createdAt) : null;

    /// <inheritdoc cref="From(V1ConfigMap, string)"/>
    /// <param name="createdAt">Server time from which landing window and deadline count.</param>
    public static LedgerContent? From(IReadOnlyDictionary<string, string> data, string cluster, DateTimeOffset createdAt)
    {
        try
        {
            return data.GetValueOrDefault("version") == Version && data.GetValueOrDefault(Seal) == SealOf(data)
                && data["wanted"] is "Active" or "Reverted" && data["recorded"] is "Active" or "proved"
                ? Parse(data, cluster, createdAt)
                : null;
        }
        catch (Exception damage) when (damage is KeyNotFoundException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Catches the slip of a hand, not an attacker: who may write entries is for RBAC to say.</summary>
    private static string SealOf(IReadOnlyDictionary<string, string> data) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', data.Where(field => !Moving.Contains(field.Key, StringComparer.Ordinal)).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")))))[..16];

    /// <summary>The whole entry, as it also stands in the annotations of the objects it made (rule 10).</summary>
    public IReadOnlyDictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["version"] = Version,
            ["kind"] = Undo.Kind,
            ["layer"] = Undo.Layer,
            ["installation"] = Order.InstallationId,
            ["run"] = Order.RunId.ToString(),
            ["injection"] = Order.InjectionId.ToString(),
            ["shortId"] = Order.ShortId,
            ["namespace"] = Order.Target.Namespace,
            ["targetKind"] = Order.Target.Kind,
            ["target"] = Order.Target.Name,
            ["uid"] = Order.Target.Uid,
            ["duration"] = Order.Duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
            ["undoByHand"] = Undo.InWords,
            ["wanted"] = Wanted,
            ["recorded"] = Recorded,
        };
        Add("node", Order.Target.Node);
        Add("zone", Order.Target.Zone);
        Add("ip", Order.Target.Ip);
        Add("owner", Order.Target.Owner);
        Add("proof", Proof);
        Add("provedAt", ProvedAt is { } at ? Time(at) : null);
        foreach (var (name, value) in Undo.Values)
            fields[UndoPrefix + name] = value;
        foreach (var (name, value) in Order.Settings)
            fields[SettingPrefix + name] = value;
        fields[Seal] = SealOf(fields);
        return fields;

        void Add(string key, string? value)
        {
            if (value is not null)
                fields[key] = value;
        }
    }

    private static LedgerContent Parse(IReadOnlyDictionary<string, string> data, string cluster, DateTimeOffset createdAt)
    {
        var duration = TimeSpan.FromSeconds(double.Parse(data["duration"], CultureInfo.InvariantCulture));
        return new()
        {
            Order = new(
                Guid.Parse(data["injection"]), data["shortId"], Guid.Parse(data["run"]), data["installation"],
                new FaultTarget
                {
                    Cluster = cluster,
                    Namespace = data["namespace"],
                    Kind = data["targetKind"],
                    Name = data["target"],
                    Uid = data["uid"],
                    Node = data.GetValueOrDefault("node"),
                    Zone = data.GetValueOrDefault("zone"),
                    Ip = data.GetValueOrDefault("ip"),
                    Owner = data.GetValueOrDefault("owner"),
                },
                Under(data, SettingPrefix), duration, createdAt + LandingWindow, createdAt + duration),
            Undo = new(data["kind"], data["layer"], Under(data, UndoPrefix), data["undoByHand"]),
            Wanted = data["wanted"],
            Recorded = data["recorded"],
            Proof = data.GetValueOrDefault("proof"),
            ProvedAt = data.TryGetValue("provedAt", out var at) ? Time(at) : null,
        };
    }

    private static Dictionary<string, string> Under(IReadOnlyDictionary<string, string> data, string prefix) => data
        .Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(field => field.Key[prefix.Length..], field => field.Value, StringComparer.Ordinal);

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

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

    /// <summary>What a Lease of ours is for: <c>run</c> or <c>reaper</c>.</summary>
    public const string Role = "gameday.dev/role";

    /// <summary>The whole undo plan as JSON (revert protocol, rule 10).</summary>
    public const string Undo = "gameday.dev/undo";

    /// <summary>The same in words, for whoever meets the object.</summary>
    public const string UndoInWords = "gameday.dev/undo-by-hand";

    public const string OursSelector = $"{ManagedBy}={Product}";

    public static IReadOnlyDictionary<string, string> Labels(InjectionOrder order) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ManagedBy] = Product,
        [Installation] = order.InstallationId,
        [Injection] = order.ShortId,
        [Run] = order.RunId.ToString("N"),
    };

    /// <summary>Whether an object belongs to this very injection; only then may it be touched (rule 13).</summary>
    public static bool Carries(V1ObjectMeta metadata, InjectionOrder order) =>
        metadata.Label(Installation) == order.InstallationId && metadata.Label(Injection) == order.ShortId;
}

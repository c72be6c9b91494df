using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Which pods go first when there are too many: those that matter least.</summary>
internal static class Surplus
{
    public static IEnumerable<ObjectFacts> Choose(IReadOnlyList<ObjectFacts> pods, int count)
    {
        var perNode = pods.CountBy(pod => pod.Node ?? "").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return pods
            .OrderBy(pod => string.IsNullOrEmpty(pod.Node) ? 0 : 1)
            .ThenBy(pod => pod.Phase == "Running" ? 1 : 0)
            .ThenBy(pod => pod.IsReady ? 1 : 0)
            .ThenByDescending(pod => perNode[pod.Node ?? ""])
            .ThenByDescending(pod => pod.ReadySince ?? pod.Created)
            .Take(Math.Max(0, count))
            .ToList();
    }
}

using GameDay.Domain;
using GameDay.Domain.Experiments;

namespace GameDay.Faults.Targeting;

/// <summary>One condition after another; the first that leaves nothing is named, with where to look.</summary>
internal static class Narrowing
{
    public static async Task<IReadOnlyList<T>> WhereAsync<T>(IReadOnlyList<T> items, string? wanted, Func<T, Task<string?>> read, Func<string, string> refusal)
    {
        if (wanted is null)
            return items;
        var kept = new List<T>();
        var others = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var value = await read(item);
            if (value == wanted)
                kept.Add(item);
            else
                others.Add(value ?? "none");
        }
        return kept.Count > 0 ? kept : throw Nothing(refusal(string.Join(", ", others.Take(10))));
    }

    public static RuleBroken Nothing(string message) => new("NoTarget", message);

    /// <summary>Everything a spec narrows by, in words: <c>'app=cart' owned by Deployment/cart in zone a</c>.</summary>
    public static string Words(TargetSpec spec) => string.Join(' ', new[]
    {
        spec.Selector.Length > 0 ? $"'{spec.Selector}'" : null,
        spec.Owner is { } owner ? $"owned by {owner}" : null,
        spec.Zone is { } zone ? $"in zone {zone}" : null,
        spec.Node is { } node ? $"on node {node}" : null,
    }.OfType<string>());

    public static string? SelectorOrNull(TargetSpec spec) => spec.Selector.Length > 0 ? spec.Selector : null;

    /// <summary>The words after <c>kubectl get X</c> that ask for the same labels.</summary>
    public static string LabelOption(TargetSpec spec) => spec.Selector.Length > 0 ? $" -l '{spec.Selector}'" : "";
}

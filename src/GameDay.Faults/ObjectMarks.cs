using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>
/// Marks on objects that are not ours, put on with the change and taken off with its undo. Their owner's managed-by label stays:
/// whose change it is says <see cref="Marks.Injection"/>.
/// </summary>
internal static class ObjectMarks
{
    private static readonly string[] LabelKeys = [Marks.Injection, Marks.Installation, Marks.Run];
    private static readonly string[] AnnotationKeys = [Marks.Entry, Marks.UndoInWords];

    /// <summary>How to take them off by hand, as words of kubectl.</summary>
    public static string TakeOffByHand(string kubectlObject) =>
        $"{kubectlObject.Replace("VERB", "label", StringComparison.Ordinal)} {Minus(LabelKeys)}; {kubectlObject.Replace("VERB", "annotate", StringComparison.Ordinal)} {Minus(AnnotationKeys)}";

    /// <summary>A merge patch of this very reading of the object: its marks, and what <paramref name="spec"/> changes besides.</summary>
    public static V1Patch PutOn(V1ObjectMeta read, InjectionOrder order, UndoPlan undo, object? spec = null) =>
        Patch(read, LabelKeys.ToDictionary(key => key, key => (string?)Marks.Labels(order)[key], StringComparer.Ordinal), Nullable(Marks.Annotations(order, undo)), spec);

    /// <summary>The same with every mark taken off.</summary>
    public static V1Patch TakeOff(V1ObjectMeta read, object? spec = null) =>
        Patch(read, LabelKeys.ToDictionary(key => key, _ => (string?)null, StringComparer.Ordinal), AnnotationKeys.ToDictionary(key => key, _ => (string?)null, StringComparer.Ordinal), spec);

    /// <exception cref="FaultRefused">It carries another injection's marks.</exception>
    public static void RefuseForeign(V1ObjectMeta read, InjectionOrder order)
    {
        if (read.Label(Marks.Injection) is { } other && !Marks.Carries(read, order))
            throw new FaultRefused($"{read.Name} carries injection {other} of installation {read.Label(Marks.Installation)} already; end that first.");
    }

    private static V1Patch Patch(V1ObjectMeta read, Dictionary<string, string?> labels, Dictionary<string, string?> annotations, object? spec)
    {
        var metadata = new { uid = read.Uid, resourceVersion = read.ResourceVersion, labels, annotations };
        return spec is null ? V1Patch.Merge(new { metadata }) : V1Patch.Merge(new { metadata, spec });
    }

    private static Dictionary<string, string?> Nullable(IReadOnlyDictionary<string, string> values) => values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);

    private static string Minus(IEnumerable<string> keys) => string.Join(' ', keys.Select(key => key + "-"));
}

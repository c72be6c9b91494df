using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>The reaper is no confused deputy (rule 13): what it may act on, and the reason where it may not.</summary>
internal sealed class EntryGate(ReaperOptions options, IReadOnlyDictionary<string, FaultKind> kinds)
{
    /// <summary>Null: it may act.</summary>
    public string? WhyNot(V1ObjectMeta read, LedgerContent? content)
    {
        if (content is null)
            return "it is damaged, was edited by hand, or is of a version that this reaper does not know";
        var order = content.Order;
        if (!Marks.Carries(read, order) || order.InstallationId != options.Installation)
            return "its labels and its content name different injections";
        if (options.Kinds.Count > 0 && !options.Kinds.Contains(content.Undo.Kind, StringComparer.Ordinal))
            return $"this reaper may not end {content.Undo.Kind}";
        if (!kinds.TryGetValue(content.Undo.Kind, out var kind))
            return $"this reaper does not know the kind {content.Undo.Kind}";
        if (!Fits(kind.Touches(order.Settings), order.Target.Kind))
            return $"{content.Undo.Kind} does not touch a {order.Target.Kind}";
        return WhyNotThere(order) ?? UndoCheck.Problem(kind, order, content.Undo);
    }

    /// <summary>A ledger entry must moreover lie under the name that follows from what it changes.</summary>
    public string? WhyNotEntry(V1ConfigMap map, LedgerContent? content) => WhyNot(map.Metadata, content)
        ?? (LedgerContent.NameOf(content!.Order, content.Undo) == map.Metadata.Name ? null : "its name belongs to another target");

    /// <summary>An object speaks for itself alone: it is the target, or the policy that the undo names. Else whoever may label one pod could have any other undone.</summary>
    public string? WhyNotCarried(V1ObjectMeta carrier, LedgerContent? content) => WhyNot(carrier, content)
        ?? (carrier.Uid == content!.Order.Target.Uid || IsPolicyOf(carrier, content) ? null : "its marks name another target");

    private static bool IsPolicyOf(V1ObjectMeta carrier, LedgerContent content) =>
        carrier.Namespace == content.Order.Target.Namespace && carrier.Name is { } name && content.Undo.Values.GetValueOrDefault("policy") == name;

    private static bool Fits(TargetKind touched, string targetKind) => touched switch
    {
        TargetKind.Node => targetKind == "Node",
        TargetKind.Workload => targetKind is "Deployment" or "StatefulSet",
        _ => targetKind == "Pod",
    };

    private string? WhyNotThere(InjectionOrder order)
    {
        var ns = order.Target.Namespace;
        if (ProtectedNamespaces.Contains(ns))
            return $"the namespace {ns} is protected";
        // A node lies in no namespace: whether one may be touched is said by the kinds that are allowed.
        return order.Target.Kind == "Node" || options.Namespaces.Count == 0 || options.Namespaces.Contains(ns, StringComparer.Ordinal)
            ? null
            : $"this reaper may not act in the namespace {ns}";
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Owners;

/// <summary>
/// Who else writes the workload behind a target and may undo a fault before its time: autoscalers by the workload they name,
/// Argo CD, Flux and Helm by the marks they leave. They are named, not refused: their answer is part of what is learnt.
/// </summary>
public static class WhoElseWrites
{
    /// <summary>One line per writer; empty when nobody else is known to write.</summary>
    public static async Task<IReadOnlyList<Rehearsal>> ReadAsync(KubernetesClient client, FaultTarget target, CancellationToken ct)
    {
        if (Behind(target) is not { } workload)
            return [];
        try
        {
            var found = await Workload.FindAsync(client, workload, ct);
            return [.. await AutoscalersAsync(client, workload, ct), .. found is null ? [] : Deployers(found.Metadata, $"{workload.Kind}/{workload.Name}")];
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return [new($"who else writes {workload.Kind}/{workload.Name}", null, $"may not be read: {refusal.Message}")];
        }
    }

    /// <summary>Argo CD, Flux and Helm, by the labels and annotations they put on what they own.</summary>
    public static IReadOnlyList<Rehearsal> Deployers(V1ObjectMeta metadata, string workload)
    {
        var found = new List<Rehearsal>();
        Add("Argo CD application", metadata.Annotation("argocd.argoproj.io/tracking-id")?.Split(':')[0] ?? metadata.Label("argocd.argoproj.io/instance"), "with self-heal it writes its own state back within minutes");
        Add("Flux Kustomization", metadata.Label("kustomize.toolkit.fluxcd.io/name"), "it writes its own state back at its next reconciliation");
        Add("Flux HelmRelease", metadata.Label("helm.toolkit.fluxcd.io/name"), "with drift detection it writes its own state back");
        Add("Helm release", metadata.Annotation("meta.helm.sh/release-name"), "an upgrade during the fault writes its own state");
        return found;

        void Add(string what, string? name, string then)
        {
            if (!string.IsNullOrEmpty(name))
                found.Add(Named(workload, $"{what} {name}", then));
        }
    }

    private static async Task<IEnumerable<Rehearsal>> AutoscalersAsync(KubernetesClient client, FaultTarget workload, CancellationToken ct) =>
        (await client.ListAsync<V2HorizontalPodAutoscaler>(workload.Namespace, cancellationToken: ct)).Items
            .Where(scaler => scaler.Spec?.ScaleTargetRef is { } named && named.Kind == workload.Kind && named.Name == workload.Name)
            .Select(scaler => Keda(scaler.Metadata) is { } keda
                ? Named($"{workload.Kind}/{workload.Name}", $"KEDA ScaledObject {keda}", "it may scale up again from zero at any event")
                : Named($"{workload.Kind}/{workload.Name}", $"HorizontalPodAutoscaler {scaler.Metadata.Name} ({scaler.Spec?.MinReplicas ?? 1} to {scaler.Spec?.MaxReplicas})", "it rests while replicas are 0 and goes on after the revert"));

    private static string? Keda(V1ObjectMeta metadata) =>
        metadata.Label("scaledobject.keda.sh/name") ?? metadata.OwnerReferences?.FirstOrDefault(owner => owner.Kind == "ScaledObject")?.Name;

    private static Rehearsal Named(string workload, string writer, string then) => new($"who else writes {workload}", true, $"{writer}: {then}");

    /// <summary>The Deployment or StatefulSet that a target is, or belongs to.</summary>
    private static FaultTarget? Behind(FaultTarget target)
    {
        if (target.Kind is "Deployment" or "StatefulSet")
            return target;
        return target.Owner?.Split('/') is [("Deployment" or "StatefulSet") and var kind, var name] ? target with { Kind = kind, Name = name } : null;
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Surroundings;

/// <summary>
/// Who else writes the workload behind a target and may undo a fault before its time: autoscalers by the workload they name,
/// Argo CD, Flux and Helm by the marks they leave on what they own.
/// </summary>
public sealed class OtherWriters(ClusterConnections clusters) : IOtherWriters
{
    public Task<IReadOnlyList<OtherWriter>> FindAsync(string cluster, IReadOnlyList<FaultTarget> targets, CancellationToken ct) =>
        Refusals.ExplainAsync<IReadOnlyList<OtherWriter>>(async () =>
        {
            var client = clusters.For(cluster);
            var workloads = targets.Select(Behind).OfType<FaultTarget>().DistinctBy(workload => (workload.Namespace, workload.Kind, workload.Name)).ToList();
            var found = new List<OtherWriter>();
            foreach (var group in workloads.GroupBy(workload => workload.Namespace, StringComparer.Ordinal))
            {
                var scalers = (await client.ListAsync<V2HorizontalPodAutoscaler>(group.Key, cancellationToken: ct)).Items;
                foreach (var workload in group)
                    found.AddRange(await OfAsync(client, workload, scalers, ct));
            }

            return found;
        });

    /// <summary>Argo CD, Flux and Helm, by the labels and annotations they put on what they own.</summary>
    public static IReadOnlyList<OtherWriter> Deployers(V1ObjectMeta metadata, string workload)
    {
        var found = new List<OtherWriter>();
        Add("Argo CD application", metadata.Annotation("argocd.argoproj.io/tracking-id")?.Split(':')[0] ?? metadata.Label("argocd.argoproj.io/instance"), "with self-heal it writes its own state back within minutes");
        Add("Flux Kustomization", metadata.Label("kustomize.toolkit.fluxcd.io/name"), "it writes its own state back at its next reconciliation");
        Add("Flux HelmRelease", metadata.Label("helm.toolkit.fluxcd.io/name"), "with drift detection it writes its own state back");
        Add("Helm release", metadata.Annotation("meta.helm.sh/release-name"), "an upgrade during the fault writes its own state");
        return found;

        void Add(string what, string? name, string then)
        {
            if (!string.IsNullOrEmpty(name))
                found.Add(new(workload, $"{what} {name}", then));
        }
    }

    private static async Task<IEnumerable<OtherWriter>> OfAsync(KubernetesClient client, FaultTarget workload, IReadOnlyList<V2HorizontalPodAutoscaler> scalers, CancellationToken ct)
    {
        var of = $"{workload.Kind}/{workload.Name}";
        var read = await Workload.FindAsync(client, workload, ct);
        return scalers.Where(scaler => scaler.Spec?.ScaleTargetRef is { } named && named.Kind == workload.Kind && named.Name == workload.Name)
            .Select(scaler => Autoscaler(scaler, of))
            .Concat(read is null ? [] : Deployers(read.Metadata, of));
    }

    private static OtherWriter Autoscaler(V2HorizontalPodAutoscaler scaler, string of) => Keda(scaler.Metadata) is { } keda
        ? new(of, $"KEDA ScaledObject {keda}", "it may scale up again from zero at any event")
        : new(of, $"HorizontalPodAutoscaler {scaler.Metadata.Name} ({scaler.Spec?.MinReplicas ?? 1} to {scaler.Spec?.MaxReplicas})", "it rests while replicas are 0 and goes on after the revert");

    private static string? Keda(V1ObjectMeta metadata) =>
        metadata.Label("scaledobject.keda.sh/name") ?? metadata.OwnerReferences?.FirstOrDefault(owner => owner.Kind == "ScaledObject")?.Name;

    /// <summary>The Deployment or StatefulSet that a target is, or belongs to.</summary>
    private static FaultTarget? Behind(FaultTarget target)
    {
        if (target.Kind is "Deployment" or "StatefulSet")
            return target;
        return target.Owner?.Split('/') is [("Deployment" or "StatefulSet") and var kind, var name] ? target with { Kind = kind, Name = name } : null;
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Probes;

/// <summary>Ready pods of a deployment, as a count or as a percentage of the wanted replicas.</summary>
public sealed class WorkloadProbe(ClusterConnections clusters) : IProbeSource
{
    public bool Handles(ProbeSpec probe) => probe.Kubernetes is not null;

    public async Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct)
    {
        var spec = probe.Kubernetes!;
        // A reading that waited its turn would come too late, and missing data is a breach.
        var deployment = await Urgency.UrgentlyAsync(() => clusters.For(cluster).ReadAsync<V1Deployment>(spec.Deployment, spec.Namespace, ct));
        double ready = deployment.Status?.ReadyReplicas ?? 0;
        var wanted = deployment.Spec?.Replicas ?? 1;
        return [spec.Measure == KubernetesMeasure.ReadyPods ? ready : wanted == 0 ? 100 : 100 * ready / wanted];
    }
}

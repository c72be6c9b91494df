using GameDay.Kubernetes;

namespace GameDay.Faults.Replicas;

/// <summary>What is left of a workload's pods. A pod that is ending has left the endpoints already.</summary>
internal sealed record ReadyPods(int Ready, int All)
{
    public static async Task<ReadyPods> ReadAsync(KubernetesClient client, Workload workload, CancellationToken ct)
    {
        var pods = (await client.ListAsync<V1Pod>(workload.Metadata.Namespace, cancellationToken: ct)).Items.Where(workload.Selects).ToList();
        return new(pods.Count(pod => pod is { IsAlive: true, IsReady: true }), pods.Count);
    }
}

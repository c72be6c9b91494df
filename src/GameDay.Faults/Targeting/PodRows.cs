using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>The living pods of a namespace as rows, sorted by name.</summary>
internal sealed class PodRows(KubernetesClient client)
{
    /// <summary>So many pods are read one by one; of more, the whole list is cheaper.</summary>
    public const int Few = 20;

    // With metadata alone the phase is not in the answer, so the server leaves out what has finished.
    private const string Unfinished = "status.phase!=Succeeded,status.phase!=Failed";

    /// <param name="metadataOnly">Without node, address and readiness: see <see cref="CompleteAsync"/>.</param>
    public async Task<IReadOnlyList<PodRow>> ListAsync(string ns, string? selector, bool metadataOnly, CancellationToken ct)
    {
        var list = await client.SelectAsync<PodRow.Brief, PodRow?>(V1Pod.Resource, PodRow.Of, ns, selector, metadataOnly ? Unfinished : null, metadataOnly, ct);
        return [.. list.Items.OfType<PodRow>().OrderBy(pod => pod.Name, StringComparer.Ordinal)];
    }

    /// <summary>The same pods with all there is to know. One that went away meanwhile stays as it was: its uid tells later.</summary>
    public async Task<IReadOnlyList<PodRow>> CompleteAsync(IReadOnlyList<PodRow> pods, CancellationToken ct) =>
        await Task.WhenAll(pods.Select(pod => CompleteAsync(pod, ct)));

    private async Task<PodRow> CompleteAsync(PodRow pod, CancellationToken ct) =>
        await client.FindAsync<V1Pod>(pod.Name, pod.Namespace, ct) is { } now && now.Metadata.Uid == pod.Uid
            ? pod with { Node = now.Spec?.NodeName, Ip = now.Status?.PodIP, Ready = now.IsReady }
            : pod;
}

using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>A Deployment or a StatefulSet: what GameDay reads and writes is the same in both.</summary>
internal sealed record Workload(string Kind, V1ObjectMeta Metadata, V1WorkloadSpec? Spec, V1WorkloadStatus? Status)
{
    private static readonly Version ScaleRemembersWriters = new(1, 22);

    public string Owner => $"{Kind}/{Metadata.Name}";

    /// <summary>Left out means one.</summary>
    public int Replicas => Spec?.Replicas ?? 1;

    /// <summary>Who wrote the replicas last; null when nobody is on record.</summary>
    public string? ReplicasWrittenBy => FieldOwner.Of(Metadata, "spec", "replicas");

    public bool Selects(V1Pod pod) => Selects(pod.Metadata.Labels);

    public bool Selects(IReadOnlyDictionary<string, string>? labels) => Spec?.Selector?.Matches(labels) == true;

    /// <summary>Both kinds, sorted by kind and name.</summary>
    public static async Task<IReadOnlyList<Workload>> ListAsync(KubernetesClient client, string ns, string? selector, CancellationToken ct)
    {
        var deployments = await client.ListAsync<V1Deployment>(ns, selector, cancellationToken: ct);
        var sets = await client.ListAsync<V1StatefulSet>(ns, selector, cancellationToken: ct);
        return [.. deployments.Items.Select(Of).Concat(sets.Items.Select(Of)).OrderBy(workload => workload.Owner, StringComparer.Ordinal)];
    }

    /// <summary>Null when it does not exist.</summary>
    public static async Task<Workload?> FindAsync(KubernetesClient client, FaultTarget target, CancellationToken ct) => target.Kind == "StatefulSet"
        ? await client.FindAsync<V1StatefulSet>(target.Name, target.Namespace, ct) is { } set ? Of(set) : null
        : await client.FindAsync<V1Deployment>(target.Name, target.Namespace, ct) is { } deployment ? Of(deployment) : null;

    public async Task<Workload> PatchAsync(KubernetesClient client, V1Patch patch, bool dryRun, CancellationToken ct) => Kind == "StatefulSet"
        ? Of(await client.PatchAsync<V1StatefulSet>(patch, Metadata.Name!, Metadata.Namespace, dryRun: dryRun, cancellationToken: ct))
        : Of(await client.PatchAsync<V1Deployment>(patch, Metadata.Name!, Metadata.Namespace, dryRun: dryRun, cancellationToken: ct));

    /// <summary>
    /// Writes the replicas of this very reading: 409 when somebody moved it since. Before Kubernetes 1.22 not through the scale
    /// subresource, which there forgets who wrote: our own zero would be taken for somebody else's, stay, and be called proved.
    /// </summary>
    public async Task ScaleAsync(KubernetesClient client, int replicas, bool dryRun, CancellationToken ct)
    {
        if (await client.ServerVersionAsync(ct) < ScaleRemembersWriters)
            await PatchAsync(client, V1Patch.Merge(new { metadata = new { uid = Metadata.Uid, resourceVersion = Metadata.ResourceVersion }, spec = new { replicas } }), dryRun, ct);
        else if (Kind == "StatefulSet")
            await client.PatchScaleAsync<V1StatefulSet>(Metadata.Name!, Metadata.Namespace!, replicas, Metadata.ResourceVersion, dryRun, ct);
        else
            await client.PatchScaleAsync<V1Deployment>(Metadata.Name!, Metadata.Namespace!, replicas, Metadata.ResourceVersion, dryRun, ct);
    }

    private static Workload Of(V1Deployment read) => new("Deployment", read.Metadata, read.Spec, read.Status);

    private static Workload Of(V1StatefulSet read) => new("StatefulSet", read.Metadata, read.Spec, read.Status);
}

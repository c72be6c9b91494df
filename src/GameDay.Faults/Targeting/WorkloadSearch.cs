using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>Deployments and StatefulSets by their own labels, their name, and where their pods run.</summary>
internal sealed class WorkloadSearch(KubernetesClient client, string cluster) : ITargetSearch<Workload>
{
    public string Plural => "workloads";

    public async Task<Found<Workload>> FindAsync(TargetSpec spec, CancellationToken ct)
    {
        var all = await Workload.ListAsync(client, spec.Namespace, Narrowing.SelectorOrNull(spec), ct);
        var look = $"kubectl -n {spec.Namespace} get deployments,statefulsets{Narrowing.LabelOption(spec)}";
        if (all.Count == 0)
            throw Narrowing.Nothing($"No Deployment or StatefulSet in namespace '{spec.Namespace}' of cluster '{cluster}'{(spec.Selector.Length > 0 ? $" matches '{spec.Selector}' by its own labels" : "")}. Look with: {look}.");
        var named = await Narrowing.WhereAsync(all, spec.Owner, workload => Task.FromResult<string?>(workload.Owner),
            owners => $"There is no '{spec.Owner}' in '{spec.Namespace}' among: {owners}. Look with: {look}.");
        return new(named.Count, await WherePodsRunAsync(named, spec, ct));
    }

    public Task<IReadOnlyList<FaultTarget>> DescribeAsync(IReadOnlyList<Workload> chosen, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FaultTarget>>([.. chosen.Select(workload => new FaultTarget
        {
            Cluster = cluster,
            Namespace = workload.Metadata.Namespace!,
            Kind = workload.Kind,
            Name = workload.Metadata.Name!,
            Uid = workload.Metadata.Uid!,
            Owner = workload.Owner,
            Ready = workload.Status?.ReadyReplicas > 0,
            Labels = workload.Metadata.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
        })]);

    private async Task<IReadOnlyList<Workload>> WherePodsRunAsync(IReadOnlyList<Workload> workloads, TargetSpec spec, CancellationToken ct)
    {
        if (spec.Zone is null && spec.Node is null)
            return workloads;
        var there = (await new PodSearch(client, cluster).FindPlacedAsync(spec with { Selector = "", Owner = null }, ct)).Among;
        var among = workloads.Where(workload => there.Any(pod => workload.Selects(pod.Labels))).ToList();
        return among.Count > 0 ? among : throw Narrowing.Nothing($"No workload has a pod {Narrowing.Words(spec with { Owner = null, Selector = "" })}. Look with: kubectl -n {spec.Namespace} get pods -o wide.");
    }
}

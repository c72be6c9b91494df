using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>From a selector to concrete pods: the same for preview and for start.</summary>
public sealed class Targets(ClusterConnections clusters, FaultOptions options) : ITargets
{
    public Task<ResolvedTargets> ResolveAsync(string cluster, TargetSpec spec, TargetKind kind, int seed, CancellationToken ct) => Refusals.ExplainAsync(async () =>
    {
        if (ProtectedNamespaces.Contains(spec.Namespace))
            throw new RuleBroken("ProtectedNamespace", $"The namespace '{spec.Namespace}' is protected: without it nobody could undo a fault. Choose targets elsewhere.");
        var client = clusters.For(cluster);
        var pods = await client.ListAsync<V1Pod>(spec.Namespace, spec.Selector, cancellationToken: ct);
        var matching = pods.Items.Where(pod => pod.IsAlive).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal).ToList();
        if (matching.Count == 0)
            throw new RuleBroken("NoTarget", $"No running pod in namespace '{spec.Namespace}' of cluster '{cluster}' matches '{spec.Selector}'. Look with: kubectl -n {spec.Namespace} get pods -l '{spec.Selector}'.");
        var chosen = SeededPicker.Pick(matching, Wanted(spec, matching.Count), seed);
        return new ResolvedTargets(matching.Count, await new PodDescriber(client, cluster).DescribeAsync(chosen, ct));
    });

    public Task<IReadOnlyList<PermissionAnswer>> AskPermissionsAsync(string cluster, string ns, IReadOnlyList<PermissionNeeded> needed, CancellationToken ct) =>
        Refusals.ExplainAsync<IReadOnlyList<PermissionAnswer>>(async () =>
        {
            var client = clusters.For(cluster);
            var inTarget = needed.Select(permission => AskAsync(client, permission, ns, ct));
            var inOwn = Ledger.Permissions.Select(permission => AskAsync(client, permission, options.Namespace, ct));
            return await Task.WhenAll(inTarget.Concat(inOwn));
        });

    private static int Wanted(TargetSpec spec, int matching) => spec.Choose switch
    {
        Choice.One => 1,
        Choice.All => matching,
        Choice.Percent => Math.Max(1, (int)Math.Ceiling(matching * spec.Amount / 100.0)),
        _ when spec.Amount <= matching => spec.Amount,
        _ => throw new RuleBroken("TooFewTargets", $"{spec.Amount} pods are asked for, but '{spec.Selector}' in '{spec.Namespace}' matches {matching}."),
    };

    private static async Task<PermissionAnswer> AskAsync(KubernetesClient client, PermissionNeeded permission, string ns, CancellationToken ct)
    {
        var parts = permission.Resource.Split('/', 2);
        var answer = await client.MayAsync(
            new(permission.Verb, parts[0])
            {
                Group = permission.ApiGroup,
                Subresource = parts.Length > 1 ? parts[1] : null,
                Namespace = permission.ClusterScoped ? null : ns,
            },
            ct);
        return new(permission, answer.Allowed, answer.Reason ?? answer.EvaluationError);
    }
}

using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Targeting;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>From labels, owner, zone and node to concrete pods, workloads or nodes: the same for preview and for start.</summary>
public sealed class Targets(ClusterConnections clusters, FaultOptions options) : ITargets
{
    public Task<ResolvedTargets> ResolveAsync(string cluster, TargetSpec spec, TargetKind kind, int seed, CancellationToken ct) => Refusals.ExplainAsync(async () =>
    {
        if (ProtectedNamespaces.Contains(spec.Namespace))
            throw new RuleBroken("ProtectedNamespace", $"The namespace '{spec.Namespace}' is protected: without it nobody could undo a fault. Choose targets elsewhere.");
        if (Narrowing.Words(spec).Length == 0)
            throw new RuleBroken("NoTarget", $"Neither labels nor owner, zone or node are given: that would be everything in '{spec.Namespace}'. Give at least one, e.g. app=cart.");
        var client = clusters.For(cluster);
        return kind switch
        {
            TargetKind.Workload => await ChooseAsync(new WorkloadSearch(client, cluster), spec, seed, ct),
            TargetKind.Node => await ChooseAsync(new NodeSearch(client, cluster), spec, seed, ct),
            _ => await ChooseAsync(new PodSearch(client, cluster), spec, seed, ct),
        };
    });

    public Task<IReadOnlyList<PermissionAnswer>> AskPermissionsAsync(string cluster, string ns, IReadOnlyList<PermissionNeeded> needed, CancellationToken ct) =>
        Refusals.ExplainAsync<IReadOnlyList<PermissionAnswer>>(async () =>
        {
            var client = clusters.For(cluster);
            var inTarget = needed.Union(BasePermissions.AppInTargets).Select(permission => AskAsync(client, permission, ns, ct));
            var inOwn = BasePermissions.AppInOwn.Select(permission => AskAsync(client, permission, options.Namespace, ct));
            return await Task.WhenAll(inTarget.Concat(inOwn));
        });

    private static async Task<ResolvedTargets> ChooseAsync<T>(ITargetSearch<T> search, TargetSpec spec, int seed, CancellationToken ct)
    {
        var found = await search.FindAsync(spec, ct);
        var chosen = SeededPicker.Pick(found.Among, Wanted(spec, found.Among.Count, search.Plural), seed);
        return new(found.Whole, await search.DescribeAsync(chosen, ct));
    }

    private static int Wanted(TargetSpec spec, int among, string plural) => spec.Choose switch
    {
        Choice.One => 1,
        Choice.All => among,
        Choice.Percent => Math.Max(1, (int)Math.Ceiling(among * spec.Amount / 100.0)),
        _ when spec.Amount <= among => spec.Amount,
        _ => throw new RuleBroken("TooFewTargets", $"{spec.Amount} {plural} are asked for, but {Narrowing.Words(spec)} in '{spec.Namespace}' matches {among}."),
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

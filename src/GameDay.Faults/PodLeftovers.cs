using System.Text.RegularExpressions;
using GameDay.Domain.Plugins;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What a pod itself may still carry though nothing else speaks of it: an agent that runs on, a partition's label.</summary>
internal sealed partial class PodLeftovers(KubernetesClient client, FaultOptions options)
{
    /// <summary>One that was just told to end is given the time to.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(30);

    /// <param name="entries">The whole ledger: an unproved entry speaks for its agent already.</param>
    /// <param name="marked">Marked objects: a policy speaks for its label already.</param>
    public async Task<IReadOnlyList<Leftover>> FindAsync(IReadOnlyList<V1ConfigMap> entries, IReadOnlyList<MarkedObject> marked, DateTimeOffset now, CancellationToken ct)
    {
        var known = entries.Where(map => map.Metadata.Label(Marks.Injection) is not null).ToLookup(map => map.Metadata.Label(Marks.Injection)!, StringComparer.Ordinal);
        var spokenFor = known.Where(injection => injection.Any(map => LedgerContent.From(map, client.ClusterName) is not { IsProved: true })).Select(injection => injection.Key)
            .Concat(marked.Select(o => o.Metadata.Label(Marks.Injection)!)).ToHashSet(StringComparer.Ordinal);
        var left = new List<Leftover>();
        foreach (var pod in await PodsAsync(ct))
        {
            left.AddRange(Running(pod, now).Where(agent => !spokenFor.Contains(agent.Injection)).Select(agent => Agent(pod, agent.Name, agent.Injection, WhoseIs(agent.Injection))));
            if (pod.Metadata.Label(PartitionPolicy.TargetLabel) is { } parted && !spokenFor.Contains(parted))
                left.Add(Label(pod, parted, WhoseIs(parted)));
        }

        return left;

        string WhoseIs(string injection) => known[injection].Select(map => map.Metadata.Label(Marks.Installation)).FirstOrDefault() ?? "unknown";
    }

    private async Task<IReadOnlyList<V1Pod>> PodsAsync(CancellationToken ct)
    {
        if (options.SweepNamespaces.Count == 0)
            return (await client.ListAsync<V1Pod>(cancellationToken: ct)).Items;
        var lists = await Task.WhenAll(options.SweepNamespaces.Select(ns => client.ListAsync<V1Pod>(ns, cancellationToken: ct)));
        return [.. lists.SelectMany(list => list.Items)];
    }

    private static IEnumerable<(string Name, string Injection)> Running(V1Pod pod, DateTimeOffset now) =>
        from status in pod.Status?.EphemeralContainerStatuses ?? []
        let match = InjectingAgent().Match(status.Name ?? "")
        where match.Success && status.State?.Running?.StartedAt + Ending < now
        select (status.Name!, match.Groups["id"].Value);

    private Leftover Agent(V1Pod pod, string agent, string injection, string installation) => new(
        client.ClusterName, $"Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}, container {agent}", $"agent of injection {injection}, run unknown", installation, installation == options.InstallationId,
        $"kubectl -n {pod.Metadata.Namespace} debug {pod.Metadata.Name} --image={options.AgentImage} --profile=netadmin -- gameday-agent revert --id {injection}, or delete the pod");

    private Leftover Label(V1Pod pod, string injection, string installation) => new(
        client.ClusterName, $"Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}, label {PartitionPolicy.TargetLabel}", $"label of injection {injection}, run unknown", installation, installation == options.InstallationId,
        $"kubectl -n {pod.Metadata.Namespace} label pod {pod.Metadata.Name} {PartitionPolicy.TargetLabel}-");

    /// <summary>The agent that injects; those that look, rehearse or undo are named otherwise and end by themselves.</summary>
    [GeneratedRegex("^gameday-(?<id>[0-9a-f]{8})-[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InjectingAgent();
}

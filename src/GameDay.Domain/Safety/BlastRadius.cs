using GameDay.Domain.Experiments;

namespace GameDay.Domain.Safety;

/// <summary>No more of a workload, of the nodes, of a namespace and of the cluster than policy and this server's limits allow.</summary>
public sealed class BlastRadius : IGuard
{
    public string Name => "Blast radius";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Resolved is not { Chosen.Count: > 0 } || facts.Scope is null) return new(Name, null, "how much of the whole the targets are is not known", facts.Now);
        if (facts.LiveInCluster is null) return new(Name, null, "how many targets carry a fault now is not known", facts.Now);
        var shares = Shares(facts).ToList();
        var over = shares.Where(s => s.TooMuch).ToList();
        return new(Name, over.Count == 0, string.Join("; ", (over.Count > 0 ? over : shares).Select(s => s.Words)), facts.Now);
    }

    private static IEnumerable<(bool TooMuch, string Words)> Shares(GuardFacts facts)
    {
        var (policy, limits, cluster, ns) = (facts.Policy, facts.Limits, facts.Plan.Cluster, facts.Experiment.Targets.Namespace);
        foreach (var share in facts.Touches switch { TargetKind.Pod => OfWorkloads(facts), TargetKind.Node => [OfNodes(facts)], _ => [] })
            yield return (share.Is(policy.MaxPercent), $"{share.Words}, policy {policy.Name} allows {policy.MaxPercent} %");
        var touched = new Share(facts.Scope!.PodsTouched, facts.Scope.PodsInNamespace, $"pods of namespace {ns}");
        yield return (touched.Is(limits.PercentOf(cluster, ns)), $"{touched.Words}, this server allows {limits.PercentOf(cluster, ns)} %");
        var live = facts.LiveInCluster!.Value + facts.Resolved!.Chosen.Count;
        yield return (live > limits.TargetsAtOnce(cluster), $"{live} targets at once in {cluster}, this server allows {limits.TargetsAtOnce(cluster)}");
    }

    private static IEnumerable<Share> OfWorkloads(GuardFacts facts) => facts.Resolved!.Chosen.GroupBy(t => t.Owner ?? t.Name, StringComparer.Ordinal)
        .Select(g => new Share(g.Count(), facts.Scope!.WorkloadPods.GetValueOrDefault(g.Key, g.Count()), $"pods of {g.Key}"));

    // A cluster whose nodes may not be counted counts as one that has no others.
    private static Share OfNodes(GuardFacts facts) => new(facts.Resolved!.Chosen.Count, facts.Scope!.Nodes ?? facts.Resolved.Chosen.Count, "nodes");

    private sealed record Share(int Count, int Whole, string Of)
    {
        public string Words => $"{Count} of {Whole} {Of}";

        public bool Is(int morePercent) => 100L * Count > (long)morePercent * Whole;
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Safety;

/// <summary>An agent that only looks has run on every node that would get one: image, runtime, mesh, interface, nftables and clock were seen.</summary>
public sealed class NodesRehearsed : IGuard
{
    public string Name => "Nodes rehearsed";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Kind is { UsesAgent: false } || facts.Touches == TargetKind.Workload) return new(Name, true, "this fault needs no agent", facts.Now);
        if (facts.Nodes is not { Count: > 0 } nodes) return new(Name, null, "no node was rehearsed", facts.Now);
        var at = nodes.Min(n => n.At);
        if (nodes.Where(n => n.Fit == false).ToList() is { Count: > 0 } unfit) return new(Name, false, Words(unfit), at);
        if (nodes.Where(n => n.Fit is null).ToList() is { Count: > 0 } unknown) return new(Name, null, Words(unknown), at);
        return new(Name, true, Words(nodes), at);
    }

    private static string Words(IEnumerable<NodeRehearsal> nodes) => string.Join("; ", nodes.GroupBy(n => n.Words, StringComparer.Ordinal).Select(g => $"{string.Join(", ", g.Select(n => n.Node))}: {g.Key}"));
}

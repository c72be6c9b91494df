using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Safety;

/// <summary>Whoever has to undo a fault is not hit by it: reaper, app, database, DNS, CNI and mesh stay outside the blast radius.</summary>
public sealed class RescuersOutside : IGuard
{
    public string Name => "Rescuers outside";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Resolved is not { } resolved || facts.Rescuers is not { } rescuers) return new(Name, null, "where the rescuers run is not known", facts.Now);
        if (Hit(resolved.Chosen, rescuers) is { } hit) return new(Name, false, hit, facts.Now);
        if (facts.Touches != TargetKind.Node) return new(Name, true, $"no target is in {string.Join(", ", rescuers.Namespaces)}; {Where(facts, [])}", facts.Now);
        if (rescuers.Unread.Count > 0) return new(Name, null, $"pods in {string.Join(", ", rescuers.Unread)} may not be read, so whether a node carries the last rescuer is not known", facts.Now);
        var nodes = resolved.Chosen.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var lost = Lost(facts, rescuers, nodes);
        return new(Name, lost.Count == 0, lost.Count == 0 ? $"another node carries every rescuer of the {nodes.Count} targeted; {Where(facts, nodes)}" : $"nothing would be left of: {string.Join(", ", lost)}", facts.Now);
    }

    private static string? Hit(IReadOnlyList<FaultTarget> targets, RescuersSeen rescuers)
    {
        var things = targets.Where(t => t.Kind != "Node").ToList();
        if (things.FirstOrDefault(t => rescuers.Namespaces.Contains(t.Namespace, StringComparer.Ordinal)) is { } inside) return $"{inside.Namespace}/{inside.Name} is where rescuers live";
        var uids = things.Select(t => t.Uid).ToHashSet(StringComparer.Ordinal);
        return rescuers.Pods.FirstOrDefault(p => uids.Contains(p.Uid)) is { } hit ? $"{hit.Namespace}/{hit.Name} is a rescuer: {hit.Part}" : null;
    }

    private static List<string> Lost(GuardFacts facts, RescuersSeen rescuers, HashSet<string> nodes)
    {
        var lost = rescuers.Pods.Where(p => !p.PerNode).GroupBy(p => p.Part, StringComparer.Ordinal)
            .Where(part => part.Any(p => IsOn(p.Node, nodes)) && !part.Any(p => p.Ready && !IsOn(p.Node, nodes)))
            .Select(part => $"{part.Key} ({string.Join(", ", part.Select(p => $"{p.Name} on {p.Node}"))})").ToList();
        var alive = Alive(facts);
        if (alive.Count > 0 && alive.All(r => IsOn(r.Node, nodes))) lost.Add($"living reapers ({string.Join(", ", alive.Select(r => $"{r.Name} on {r.Node}"))})");
        return lost;
    }

    private static string Where(GuardFacts facts, HashSet<string> nodes)
    {
        var reapers = Alive(facts).Where(r => !IsOn(r.Node, nodes)).Select(r => $"reaper {r.Name} {(r.Node is null ? "outside the cluster" : $"on {r.Node}")} reached the API server {r.Age.TotalSeconds:0} s ago");
        var inside = facts.Rescuers!.Pods.Select(p => p.Part).ToHashSet(StringComparer.Ordinal);
        var outside = new[] { "app", "database" }.Where(p => !inside.Contains(p)).ToList();
        return string.Join("; ", reapers.Append(outside.Count == 0 ? "app and database run in the cluster, elsewhere" : $"{string.Join(" and ", outside)} outside the cluster"));
    }

    private static List<ReaperSeen> Alive(GuardFacts facts) => [.. (facts.Reapers ?? []).Where(r => r.IsAlive)];

    private static bool IsOn(string? node, HashSet<string> nodes) => node is not null && nodes.Contains(node);
}

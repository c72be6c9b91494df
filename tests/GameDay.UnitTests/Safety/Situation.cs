using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;

namespace GameDay.UnitTests.Safety;

/// <summary>A situation in which every guard says yes; each test changes one thing of it.</summary>
internal static class Situation
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly FaultKind Kind = new("network-latency", "Latency", "Slow", "net", "kernel", [], [new("", "pods/ephemeralcontainers", "patch")], ["the agent"], "runbooks/faults/network-latency.md");

    public static GuardFacts Good()
    {
        var plan = new ExercisePlan { Title = "A day", Policy = "production" };
        var experiment = new ExperimentPlan
        {
            Key = "first", Title = "First", Hypothesis = "It holds", Fault = new("network-latency", new Dictionary<string, string>()),
            Targets = new TargetSpec("shop", "app=cart"), Duration = TimeSpan.FromMinutes(5),
        };
        FaultTarget[] chosen = [Pod("cart-1")];
        return new GuardFacts(plan, experiment, Policy.Production, Kind, new ResolvedTargets(3, chosen), null, Approved(3, chosen), HaltInForce: false, [new(new("", "pods", "get"), true, null)], [], Now)
        {
            Scope = new BlastScope(new Dictionary<string, int> { ["Deployment/cart"] = 3 }, 10, 1, null),
            LiveInCluster = 0,
            Rescuers = new(["gameday", "kube-system"], [], []),
            Reapers = [ReaperOne()],
            Freezes = [],
            Incidents = [],
            Probes = [new("success", true, "success 100 % (at least 99 %)", Now)],
            Rehearsals = [new("cart-1", [new("add an agent", true, "accepted")], Now)],
            Nodes = [new("node-1", true, "ready", Now)],
            OtherWriters = [],
        };
    }

    public static GuardFacts OnNodes(GuardFacts facts, int nodes, params string[] names)
    {
        var chosen = names.Select(Node).ToArray();
        return facts with
        {
            Touches = TargetKind.Node, Resolved = new ResolvedTargets(nodes, chosen), Approved = Approved(nodes, chosen),
            Scope = new BlastScope(new Dictionary<string, int>(), 10, 2, nodes),
        };
    }

    public static ReaperSeen ReaperOne() => new("reaper-1", "node-9", TimeSpan.FromSeconds(2), 0);

    public static FaultTarget Pod(string name, string? uid = null, string? owner = "Deployment/cart", string ns = "shop") =>
        new() { Cluster = "sandbox", Namespace = ns, Kind = "Pod", Name = name, Uid = uid ?? $"uid-{name}", Owner = owner, Node = "node-1" };

    public static FaultTarget Node(string name) => new() { Cluster = "sandbox", Namespace = "shop", Kind = "Node", Name = name, Uid = $"uid-{name}", Node = name };

    public static ApprovedTargets Approved(int matching, params FaultTarget[] targets) =>
        new("first", matching, [.. targets.Select(t => t.Owner ?? t.Name).Distinct(StringComparer.Ordinal)], [.. targets.Select(t => t.Name)])
        {
            Targets = [.. targets.Select(t => new ApprovedTarget(t.Kind, t.Name, t.Uid, t.Owner, t.Node, t.Zone))],
        };

    public static Rescuer Rescuer(string part, string name, string? node, bool ready = true, bool perNode = false) => new(part, "gameday", name, $"uid-{name}", null, node, ready, perNode);

    public static FreezeWindow Freeze(double fromMinutes, double toMinutes) => new(Guid.NewGuid(), "Sale", "month end", Now.AddMinutes(fromMinutes), Now.AddMinutes(toMinutes), "Ana");
}

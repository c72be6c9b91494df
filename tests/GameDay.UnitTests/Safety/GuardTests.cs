using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using Shouldly;
using Xunit;
using static GameDay.UnitTests.Safety.Situation;

namespace GameDay.UnitTests.Safety;

/// <summary>Before the fault: each guard as a table of what it is told and what it answers. Null: it cannot answer, which refuses.</summary>
public sealed class GuardTests
{
    private static readonly Dictionary<string, (IGuard Guard, Func<GuardFacts, GuardFacts> Change, bool? Passed, string Says)> Table = new()
    {
        ["a protected namespace"] = (new ProtectedNamespace(), f => In(f, "kube-system"), false, "protected"),
        ["a namespace the server forbids"] = (new ProtectedNamespace(), f => f with { Limits = new() { ForbiddenNamespaces = ["shop"] } }, false, "forbidden"),
        ["a namespace the server forbids in this cluster"] = (new ProtectedNamespace(), f => f with { Limits = OfSandbox(new() { ForbiddenNamespaces = ["shop"] }) }, false, "forbidden"),

        ["no target was resolved"] = (new TargetsResolved(), f => f with { Resolved = null, ResolveProblem = "cluster away" }, null, "cluster away"),
        ["a zone's fault without a zone"] = (new TargetsResolved(), f => f with { Kind = f.Kind! with { Id = "zone-outage", NeedsZone = true } }, false, "name it, e.g. zone: a"),
        ["nothing matches"] = (new TargetsResolved(), f => f with { Resolved = new(0, []) }, false, "0 of 0"),

        ["a pod replaced by one of its workload"] = (new TargetsAsApproved(), f => Chosen(f, Pod("cart-9")), true, "replaced between approval and start, same workload: cart-9"),
        ["a pod of another workload"] = (new TargetsAsApproved(), f => Chosen(f, Pod("x", owner: "Deployment/x")), false, "not in the approved workloads"),
        ["more pods than approved"] = (new TargetsAsApproved(), f => Chosen(f, Pod("cart-1"), Pod("cart-2")), false, "2 pods, 1 approved"),
        ["no approved list"] = (new TargetsAsApproved(), f => f with { Approved = null }, false, "submit the plan again"),
        ["the very node"] = (new TargetsAsApproved(), f => OnNodes(f, 6, "node-1"), true, "node-1"),
        ["a node of the same name, made anew"] = (new TargetsAsApproved(), f => OnNodes(f, 6, "node-1") with { Resolved = new(6, [Node("node-1") with { Uid = "new" }]) }, false, "replaced between approval and start"),
        ["another node"] = (new TargetsAsApproved(), f => OnNodes(f, 6, "node-1") with { Resolved = new(6, [Node("node-2")]) }, false, "node-2 was not approved"),

        ["a third of a workload"] = (new BlastRadius(), f => f, true, "1 of 3 pods of Deployment/cart"),
        ["two thirds where half is allowed"] = (new BlastRadius(), f => Chosen(f, Pod("cart-1"), Pod("cart-2")), false, "2 of 3 pods of Deployment/cart"),
        ["half of the nodes"] = (new BlastRadius(), f => OnNodes(f, 4, "node-1", "node-2"), true, "2 of 4 nodes"),
        ["more than half of the nodes"] = (new BlastRadius(), f => OnNodes(f, 3, "node-1", "node-2"), false, "2 of 3 nodes"),
        ["nodes that may not be counted"] = (new BlastRadius(), f => OnNodes(f, 3, "node-1") with { Scope = new(new Dictionary<string, int>(), 10, 2, null) }, false, "1 of 1 nodes"),
        ["a workload is whole by nature"] = (new BlastRadius(), f => f with { Touches = TargetKind.Workload }, true, "1 of 10 pods of namespace shop"),
        ["past the namespace's limit"] = (new BlastRadius(), f => f with { Limits = OfSandbox(new() { MaxPercentOfNamespace = new Dictionary<string, int> { ["shop"] = 9 } }) }, false, "this server allows 9 %"),
        ["past the cluster's limit with those of other runs"] = (new BlastRadius(), f => f with { LiveInCluster = 4, Limits = OfSandbox(new() { MaxTargetsAtOnce = 4 }) }, false, "5 targets at once"),
        ["a cluster's limit cannot widen the general one"] = (new BlastRadius(), f => f with { LiveInCluster = 4, Limits = OfSandbox(new() { MaxTargetsAtOnce = 400 }) with { MaxTargetsAtOnce = 4 } }, false, "this server allows 4"),
        ["the whole is not known"] = (new BlastRadius(), f => f with { Scope = null }, null, "not known"),
        ["other runs' targets are not known"] = (new BlastRadius(), f => f with { LiveInCluster = null }, null, "not known"),

        ["no rescuer near"] = (new RescuersOutside(), f => f, true, "reaper reaper-1 on node-9 reached the API server 2 s ago; app and database outside the cluster"),
        ["a target where rescuers live"] = (new RescuersOutside(), f => Chosen(f, Pod("dns-1", ns: "kube-system")), false, "kube-system/dns-1 is where rescuers live"),
        ["a target that is a rescuer"] = (new RescuersOutside(), f => f with { Rescuers = new(["gameday"], [Rescuer("app", "cart-1", "node-1")], []) }, false, "is a rescuer: app"),
        ["a node with one of two reapers"] = (new RescuersOutside(), f => Rescued(OnNodes(f, 6, "node-1"), Rescuer("reaper", "r-1", "node-1"), Rescuer("reaper", "r-2", "node-2")), true, "another node carries every rescuer"),
        ["a node with the last ready reaper"] = (new RescuersOutside(), f => Rescued(OnNodes(f, 6, "node-1"), Rescuer("reaper", "r-1", "node-1"), Rescuer("reaper", "r-2", "node-2", ready: false)), false, "reaper (r-1 on node-1"),
        ["both nodes of the database"] = (new RescuersOutside(), f => Rescued(OnNodes(f, 6, "node-1", "node-2"), Rescuer("database", "d-1", "node-1"), Rescuer("database", "d-2", "node-2")), false, "database"),
        ["the last DNS pod's node"] = (new RescuersOutside(), f => Rescued(OnNodes(f, 6, "node-1"), Rescuer("Deployment/coredns in kube-system", "dns", "node-1")), false, "coredns"),
        ["a network pod that every node has"] = (new RescuersOutside(), f => Rescued(OnNodes(f, 6, "node-1"), Rescuer("DaemonSet/cni in kube-system", "cni", "node-1", perNode: true)), true, "another node"),
        ["the only living reaper's node"] = (new RescuersOutside(), f => OnNodes(f, 20, "node-9"), false, "living reapers"),
        ["a namespace that may not be read, for a node"] = (new RescuersOutside(), f => OnNodes(f, 6, "node-1") with { Rescuers = new(["gameday", "kube-system"], [], ["kube-system"]) }, null, "kube-system may not be read"),
        ["a namespace that may not be read, for a pod"] = (new RescuersOutside(), f => f with { Rescuers = new(["gameday", "kube-system"], [], ["kube-system"]) }, true, "no target is in"),
        ["rescuers are not known"] = (new RescuersOutside(), f => f with { Rescuers = null }, null, "not known"),

        ["too long"] = (new DurationWithinPolicy(), f => f with { Experiment = f.Experiment with { Duration = TimeSpan.FromHours(2) } }, false, "7200 s"),

        ["no freeze"] = (new NotInFreeze(), f => f, true, "no freeze is planned"),
        ["in a freeze"] = (new NotInFreeze(), f => f with { Freezes = [Freeze(-1, 60)] }, false, "'Sale' until 2026-11-20 13:00 UTC, set by Ana: month end"),
        ["before a freeze"] = (new NotInFreeze(), f => f with { Freezes = [Freeze(30, 60)] }, true, "the next is 'Sale'"),
        ["a freeze at the planned start"] = (new NotInFreeze(), f => f with { Freezes = [Freeze(30, 60)], Plan = f.Plan with { StartsAt = Now.AddMinutes(40) } }, false, "Sale"),
        ["freezes are not known"] = (new NotInFreeze(), f => f with { Freezes = null }, null, "could not be read"),

        ["no incident"] = (new NoOpenIncident(), f => f, true, "none"),
        ["an open incident"] = (new NoOpenIncident(), f => f with { Incidents = [new(Guid.NewGuid(), "Payments down, #inc-7", "Ben", Now)] }, false, "'Payments down, #inc-7', declared by Ben"),
        ["incidents are not known"] = (new NoOpenIncident(), f => f with { Incidents = null }, null, "could not be read"),

        ["over before the window ends"] = (new DeadlineInWindow(), f => f with { Plan = f.Plan with { EndsAt = Now.AddMinutes(6) } }, true, "gone by 12:05:00 UTC, the window ends"),
        ["over after the window ends"] = (new DeadlineInWindow(), f => f with { Plan = f.Plan with { EndsAt = Now.AddMinutes(4) } }, false, "and the window ends"),
        ["a freeze begins under the fault"] = (new DeadlineInWindow(), f => f with { Freezes = [Freeze(3, 60)] }, false, "the freeze 'Sale' begins 12:03:00 UTC"),
        ["a freeze that was taken back"] = (new DeadlineInWindow(), f => f with { Freezes = [TakenBack()] }, true, "no planned end"),

        ["halted"] = (new HaltNotInForce(), f => f with { HaltInForce = true }, false, "Halt is in force"),
        ["halt is not known"] = (new HaltNotInForce(), f => f with { HaltInForce = null }, null, "did not say"),
        ["held by another"] = (new NoOverlap(), f => f with { TargetsHeldElsewhere = ["cart-1 is held by run 7"] }, false, "run 7"),
        ["a permission is missing"] = (new PermissionsHeld(), f => f with { Permissions = [new(new("", "pods", "delete"), false, null)] }, false, "delete pods"),
        ["permissions are not known"] = (new PermissionsHeld(), f => f with { Permissions = null }, null, "did not answer"),

        ["dry run accepted"] = (new DryRunAccepted(), f => f, true, "1 requests on cart-1: add an agent"),
        ["dry run refused, in the server's words"] = (new DryRunAccepted(), f => Rehearsed(f, false, "violates PodSecurity \"restricted\""), false, "add an agent: violates PodSecurity"),
        ["dry run that a webhook refuses to answer"] = (new DryRunAccepted(), f => Rehearsed(f, null, "webhook does not support dry run"), null, "not known"),
        ["nothing rehearsed"] = (new DryRunAccepted(), f => f with { Rehearsals = [] }, null, "nothing was rehearsed"),

        ["every node is fit"] = (new NodesRehearsed(), f => f, true, "node-1: ready"),
        ["a node whose clock is off"] = (new NodesRehearsed(), f => f with { Nodes = [new("node-1", false, "its clock is 9 s off", Now)] }, false, "clock is 9 s off"),
        ["a node nobody tried"] = (new NodesRehearsed(), f => f with { Nodes = [new("node-1", null, "not tried yet", Now)] }, null, "not tried yet"),
        ["no node known"] = (new NodesRehearsed(), f => f with { Nodes = null }, null, "no node was rehearsed"),
        ["a fault without an agent"] = (new NodesRehearsed(), f => f with { Nodes = null, Kind = f.Kind! with { Permissions = [] } }, true, "needs no agent"),

        ["steady"] = (new SteadyState(), f => f, true, "success 100 %"),
        ["not steady"] = (new SteadyState(), f => f with { Probes = [new("success", false, "success 80 % (at least 99 %)", Now)] }, false, "success 80 %"),
        ["an old reading"] = (new SteadyState(), f => f with { Probes = [new("success", true, "success 100 %", Now.AddSeconds(-20))] }, null, "20 s old"),
        ["no reading"] = (new SteadyState(), f => f with { Probes = null }, null, "no probe was read"),

        ["a living reaper"] = (new ReaperAlive(), f => f, true, "reaper-1 reported 2 s ago"),
        ["no reaper"] = (new ReaperAlive(), f => f with { Reapers = [] }, false, "no reaper has reported"),
        ["a reaper that fell silent"] = (new ReaperAlive(), f => f with { Reapers = [new("reaper-1", null, TimeSpan.FromSeconds(16), 0)] }, false, "16 s old"),
        ["a reaper for another namespace"] = (new ReaperAlive(), f => f with { Reapers = [ReaperOne() with { Namespaces = ["elsewhere"] }] }, false, "reaper-1 lives but may not end"),
        ["a reaper for other kinds"] = (new ReaperAlive(), f => f with { Reapers = [ReaperOne() with { Kinds = ["node-drain"] }] }, false, "may not end"),
        ["a reaper for this namespace, beside one for another"] = (new ReaperAlive(), f => f with { Reapers = [ReaperOne() with { Namespaces = ["elsewhere"] }, ReaperOne() with { Name = "reaper-2", Namespaces = ["shop"] }] }, true, "reaper-2 reported"),
        ["a reaper for one namespace, and a fault on nodes"] = (new ReaperAlive(), f => OnNodes(f, 6, "node-1") with { Reapers = [ReaperOne() with { Namespaces = ["elsewhere"] }] }, true, "reaper-1 reported"),
        ["reapers are not known"] = (new ReaperAlive(), f => f with { Reapers = null }, null, "did not say"),
        ["without a reaper as asked, bound to a pod"] = (new ReaperAlive(), f => WithoutReaper(f, "net"), true, "asked for"),
        ["without a reaper as asked, but an object"] = (new ReaperAlive(), f => WithoutReaper(f, "replicas"), false, "only faults bound to a pod"),

        ["an autoscaler is named"] = (new OtherWritersNamed(), f => f with { OtherWriters = [new("Deployment/cart", "HorizontalPodAutoscaler/cart", "sets replicas")] }, true, "HorizontalPodAutoscaler/cart writes to Deployment/cart"),
        ["other writers are not known"] = (new OtherWritersNamed(), f => f with { OtherWriters = null }, true, "not known"),
    };

    public static TheoryData<string> Situations => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Situations))]
    [Trait("Rule", "before the fault")]
    public void A_guard_answers_with_reason_evidence_and_age(string situation)
    {
        var (guard, change, passed, says) = Table[situation];
        var answer = guard.Ask(change(Good()));
        answer.Passed.ShouldBe(passed, answer.Evidence);
        answer.Evidence.ShouldContain(says);
        answer.At.ShouldBeLessThanOrEqualTo(Now);
    }

    [Fact]
    [Trait("Rule", "before the fault")]
    public void Where_all_is_well_every_guard_says_yes() => Preflight.Ask(Good()).ShouldAllBe(a => a.Passed == true);

    [Fact]
    [Trait("Rule", "before the fault")]
    public void With_every_fact_unknown_nearly_every_guard_refuses()
    {
        var good = Good();
        var blind = new GuardFacts(good.Plan, good.Experiment, good.Policy, null, null, null, null, null, null, [], Now);
        var yes = Preflight.Ask(blind).Where(a => a.Passed == true).Select(a => a.Guard);
        // The plan itself tells its namespace; whether a target is held is asked of resolved targets only; other writers only warn.
        yes.ShouldBe(["Protected namespace", "No overlap", "Other writers"]);
    }

    [Fact]
    public void The_age_of_an_answer_is_that_of_its_oldest_reading()
    {
        var facts = Good() with { Nodes = [new("node-1", true, "ready", Now.AddMinutes(-7)), new("node-2", true, "ready", Now)] };
        (Now - new NodesRehearsed().Ask(facts).At).ShouldBe(TimeSpan.FromMinutes(7));
    }

    private static GuardFacts In(GuardFacts f, string ns) => f with { Experiment = f.Experiment with { Targets = new TargetSpec(ns, "app=cart") } };

    private static GuardFacts Chosen(GuardFacts f, params FaultTarget[] chosen) => f with { Resolved = new(3, chosen) };

    private static GuardFacts Rescued(GuardFacts f, params Rescuer[] pods) => f with { Rescuers = new(["gameday", "kube-system"], pods, []) };

    private static GuardFacts Rehearsed(GuardFacts f, bool? accepted, string words) => f with { Rehearsals = [new("cart-1", [new("add an agent", accepted, words)], Now)] };

    private static GuardFacts WithoutReaper(GuardFacts f, string layer) => f with { Reapers = [], Policy = f.Policy with { NeedsReaper = false }, Kind = f.Kind! with { Layer = layer } };

    private static Limits OfSandbox(ClusterLimits limits) => new() { Clusters = new Dictionary<string, ClusterLimits> { ["sandbox"] = limits } };

    private static FreezeWindow TakenBack()
    {
        var freeze = Freeze(3, 60);
        freeze.End(Now);
        return freeze;
    }
}

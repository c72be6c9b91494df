using GameDay.Domain.Plugins;
using GameDay.Web.Features.Exercises.Plan;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Exercises;

/// <summary>What would have to be dead at once for a fault to stay, as the plan page says it.</summary>
public sealed class WhoCanUndoTests
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    [Trait("Rule", "promise")]
    public void A_fault_in_a_pod_stays_only_while_all_its_ends_are_dead_at_once() =>
        PlanWords.StaysOnlyIf(Kind("net", "the engine", "the reaper", "the agent in the pod", "the kernel's own timeout", "replacing the pod"), NoSettings)
            .ShouldBe("It stays only while the engine, the reaper, the agent in the pod and the kernel's own timeout are dead at once, and nobody does it by hand.");

    [Fact]
    [Trait("Rule", "promise")]
    public void A_fault_in_an_object_waits_for_the_API_server_too() =>
        PlanWords.StaysOnlyIf(Kind("replicas", "the engine", "the reaper", "anybody by hand: kubectl scale"), NoSettings)
            .ShouldBe("It stays only while the engine and the reaper are dead at once, and nobody does it by hand. With the API server away it ends within 30 s of its return.");

    [Theory]
    [InlineData("policy", false)]
    [InlineData("net", true)]
    public void The_ends_of_another_way_count_only_where_it_is_chosen(string layer, bool counts) =>
        PlanWords.StaysOnlyIf(Kind("policy", "the engine", "by agent: the agent itself, replacing the pod") with { LayerBySettings = _ => layer }, NoSettings).Contains("the agent itself").ShouldBe(counts);

    [Fact]
    public void A_killed_pod_leaves_nothing() => PlanWords.StaysOnlyIf(Kind("none", "nothing to undo"), NoSettings).ShouldBe("Nothing stays behind.");

    private static FaultKind Kind(string layer, params string[] ends) => new("x", "X", "x", layer, "kernel", [], [], ends, "runbooks/faults/x.md");
}

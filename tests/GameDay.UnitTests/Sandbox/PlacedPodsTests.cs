using GameDay.Sandbox.Controllers;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class PlacedPodsTests
{
    private static readonly SchedulableNode[] Nodes = [Node("a1", "a"), Node("a2", "a"), Node("b1", "b")];
    private readonly PlacedPods placed = new();

    [Fact]
    public void Siblings_go_to_other_zones_first_then_to_other_nodes()
    {
        placed.Best(Nodes, "web").ShouldBe("a1");
        placed.Put("1", "a1", "web");
        placed.Best(Nodes, "web").ShouldBe("b1");
        placed.Put("2", "b1", "web");
        placed.Best(Nodes, "web").ShouldBe("a2");
    }

    [Fact]
    public void A_pod_without_siblings_goes_where_least_runs()
    {
        placed.Put("1", "a1", "web");
        placed.Put("2", "a2", "web");

        placed.Best(Nodes, "other").ShouldBe("b1");
        placed.Best(Nodes, null).ShouldBe("b1");
    }

    [Fact]
    public void A_pod_counts_once_however_often_it_is_heard_of_and_not_at_all_when_it_is_gone()
    {
        placed.Put("1", "a1", "web");
        placed.Put("1", "b1", "web");
        placed.Best([Nodes[0], Nodes[2]], "web").ShouldBe("a1");
        placed.Take("1");
        placed.Put("2", "a1", "web");

        placed.Best([Nodes[0], Nodes[2]], "web").ShouldBe("b1");
    }

    private static SchedulableNode Node(string name, string zone) => new(name, zone, IsOpen: true, new Dictionary<string, string>(), []);
}

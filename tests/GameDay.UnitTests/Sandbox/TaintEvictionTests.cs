using GameDay.Sandbox.Controllers;
using GameDay.Sandbox.Store;
using GameDay.UnitTests.Agent;
using Shouldly;
using System.Text.Json.Nodes;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class TaintEvictionTests
{
    private static readonly ObjectKey Node = new("", "n");
    private readonly ManualClock clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly ClusterStore store;
    private readonly TaintEviction controller;

    public TaintEvictionTests()
    {
        store = new ClusterStore(clock);
        controller = new TaintEviction(store);
    }

    [Fact]
    public void Pods_of_an_unreachable_node_are_deleted_after_five_minutes()
    {
        Plant("node.kubernetes.io/unreachable", "[]");

        controller.Reconcile(Node).ShouldBe(TimeSpan.FromSeconds(300));
        clock.Advance(TimeSpan.FromSeconds(299));
        controller.Reconcile(Node).ShouldBe(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        controller.Reconcile(Node).ShouldBeNull();

        store.Get(ResourceTypes.Pods, "shop", "a").IsDeleting().ShouldBeTrue();
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"key":"k","operator":"Exists"}]""", false)]
    [InlineData("""[{"key":"k","operator":"Exists","effect":"NoSchedule"}]""", true)]
    [InlineData("""[{"key":"k","operator":"Exists","tolerationSeconds":60}]""", false)]
    public void Another_taint_deletes_what_does_not_tolerate_it_at_once(string tolerations, bool deleted)
    {
        Plant("k", tolerations);

        controller.Reconcile(Node);

        store.Get(ResourceTypes.Pods, "shop", "a").IsDeleting().ShouldBe(deleted);
    }

    private void Plant(string taint, string tolerations)
    {
        store.Create(ResourceTypes.Nodes, JsonNode.Parse($$"""{"metadata":{"name":"n"},"spec":{"taints":[{"key":"{{taint}}","effect":"NoExecute"}]} }""")!.AsObject());
        store.Create(ResourceTypes.Pods, JsonNode.Parse($$"""{"metadata":{"name":"a","namespace":"shop"},"spec":{"nodeName":"n","tolerations":{{tolerations}},"containers":[{"name":"c","image":"i"}]} }""")!.AsObject());
        controller.Reconcile(Node).ShouldBeNull();
        store.Get(ResourceTypes.Nodes, null, "n").Items("spec", "taints").Single().Time("timeAdded").ShouldBe(clock.GetUtcNow());
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>A node whose kubelet is silent: the cluster turns away from it, its processes do not notice.</summary>
public sealed class NodeOutageTests : IAsyncDisposable
{
    private const string Node = "node-1";
    private readonly Stage _stage = new();

    public NodeOutageTests()
    {
        _stage.Store.Create(ResourceTypes.Nodes, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Node } });
        _stage.AddPod("catalogue", "gameday/shop-catalogue:1");
        _stage.AddPod("ghost", "nginx:1");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Its_condition_is_unknown_and_its_pods_are_not_ready_until_it_is_back()
    {
        await ReadyAsync("catalogue", "ghost");

        _stage.Workloads.Outages.Set(Node, ready: false);

        NodeCondition("Ready").ShouldBe("Unknown");
        _stage.Store.Get(ResourceTypes.Nodes, null, Node).Items("spec", "taints").Count().ShouldBe(2);
        _stage.Pods().ShouldAllBe(pod => !Stage.IsReady(pod));

        _stage.Workloads.Outages.Set(Node, ready: true);

        NodeCondition("Ready").ShouldBe("True");
        _stage.Store.Get(ResourceTypes.Nodes, null, Node).At("spec", "taints").ShouldBeNull();
        await ReadyAsync("catalogue", "ghost");
    }

    [Fact]
    public async Task A_delete_hangs_and_a_forced_one_leaves_the_process_running_until_the_node_is_back()
    {
        await ReadyAsync("catalogue", "ghost");
        var pod = _stage.Pod("catalogue");
        _stage.Workloads.Outages.Set(Node, ready: false);

        _stage.Store.Delete(ResourceTypes.Pods, "shop", "catalogue", new DeleteOptions(GraceSeconds: 1));
        _stage.Store.Delete(ResourceTypes.Pods, "shop", "ghost", new DeleteOptions(GraceSeconds: 1));
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        _stage.Pod("catalogue").IsDeleting().ShouldBeTrue();
        _stage.Pod("ghost").IsDeleting().ShouldBeTrue();

        _stage.Store.Delete(ResourceTypes.Pods, "shop", "catalogue", DeleteOptions.Now);
        _stage.Exists("catalogue").ShouldBeFalse();
        (await AnswersAsync(pod)).ShouldBeTrue();
        _stage.Kernel.Closed.ShouldNotContain(pod.Uid());

        _stage.Workloads.Outages.Set(Node, ready: true);
        await Until.HoldsAsync(() => _stage.Kernel.Closed.Contains(pod.Uid()), "the forgotten pod has ended");
        await Until.HoldsAsync(() => !_stage.Exists("ghost"), "the hanging delete is done");
        (await AnswersAsync(pod)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_new_on_it_starts_when_it_is_back()
    {
        await ReadyAsync("ghost");
        _stage.Workloads.Outages.Set(Node, ready: false);
        _stage.AddPod("cart", "gameday/shop-cart:1");

        await Should.ThrowAsync<ApiException>(() => _stage.ExecAsync("ghost", "main", "true"));
        _stage.Pod("cart").At("status", "podIP").ShouldBeNull();

        _stage.Workloads.Outages.Set(Node, ready: true);
        await ReadyAsync("cart");
    }

    private Task ReadyAsync(params string[] pods) => Until.HoldsAsync(() => pods.All(pod => Stage.IsReady(_stage.Pod(pod))), "the pods are ready");

    private string? NodeCondition(string type) =>
        _stage.Store.Get(ResourceTypes.Nodes, null, Node).Items("status", "conditions").Single(c => c.Text("type") == type).Text("status");

    private async Task<bool> AnswersAsync(JsonObject pod)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await using var connection = await _stage.Network.DialAsync(_stage.Host, pod.Text("status", "podIP")!, 8080, limit.Token);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}

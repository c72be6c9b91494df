using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>A zone lost and given back, one injection per node or pod.</summary>
public sealed class ZoneOutageTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    private ZoneOutage Fault => new(sandbox.Clusters, sandbox.Options);

    [Theory]
    [InlineData("cordon", "a")]
    [InlineData("evict", "b")]
    public async Task All_nodes_of_the_zone_are_withdrawn_and_given_back_in_reverse(string mode, string zone)
    {
        var steps = await PreparedAsync(mode, zone, TargetKind.Node);
        steps.Select(step => step.Order.Target.Name).ShouldBe([$"node-{zone}1", $"node-{zone}2"]);
        steps.ShouldAllBe(step => step.Undo.Layer == "cordon");

        var held = "";
        foreach (var (order, undo) in steps)
        {
            var effect = await Fault.InjectAsync(order, undo, default);
            effect.Holds.ShouldBeTrue(effect.Summary);
            held += effect.Facts["held"];
        }

        (await NodesAsync(zone)).ShouldAllBe(node => node.Spec!.Unschedulable == true);
        if (mode == "evict")
            (await PodsInAsync(zone)).ShouldAllBe(pod => held.Contains(pod.Metadata.Name!));
        else
            (await PodsInAsync(zone)).ShouldNotBeEmpty("a cordon moves nobody");

        foreach (var (order, undo) in steps.Reverse())
        {
            await Fault.RevertAsync(order, undo, default);
            var proof = await Fault.VerifyRevertedAsync(order, undo, default);
            proof.Holds.ShouldBeTrue(proof.Summary);
        }

        (await NodesAsync(zone)).ShouldAllBe(node => node.Spec == null || node.Spec.Unschedulable != true);
    }

    [Fact]
    public async Task A_target_in_no_zone_is_refused()
    {
        var target = (await sandbox.TargetsAsync(new("shop", "") { Node = "node-c1" }, TargetKind.Node))[0] with { Zone = null };
        var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1), ("mode", "cordon"));

        (await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(order, default))).Message.ShouldContain("no zone");
    }

    [Fact]
    public async Task Parted_from_all_outside_its_zone_a_pod_says_so_itself()
    {
        await LiveSandbox.UntilAsync(async () => (await PodsInAsync("c")).Any(pod => pod.Metadata.Label("app") == "checkout"));
        var target = (await sandbox.TargetsAsync(new("shop", "app=checkout") { Zone = "c" }, TargetKind.Pod))[0];
        var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1), ("mode", "partition"));
        var undo = await Fault.PrepareAsync(order, default);
        undo.Layer.ShouldBe("net");
        var inside = (await PodsInAsync("c")).Select(pod => pod.Status!.PodIP!).ToList();
        undo.Values["to"].Split(',').ShouldNotContain(address => inside.Contains(address));

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        await Fault.RevertAsync(order, undo, default);
        var proof = await Fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        sandbox.Kernels.Describe(order.Target.Uid)["tables"]!.AsArray().Count.ShouldBe(0);
    }

    private async Task<IReadOnlyList<(InjectionOrder Order, UndoPlan Undo)>> PreparedAsync(string mode, string zone, TargetKind kind)
    {
        var steps = new List<(InjectionOrder, UndoPlan)>();
        foreach (var target in await sandbox.TargetsAsync(new("shop", "", Choice.All) { Zone = zone }, kind))
        {
            var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1), ("mode", mode), ("within", "2s"));
            steps.Add((order, await Fault.PrepareAsync(order, default)));
        }

        return steps;
    }

    private async Task<IReadOnlyList<V1Node>> NodesAsync(string zone) => (await sandbox.Client.ListAsync<V1Node>(labelSelector: $"topology.kubernetes.io/zone={zone}")).Items;

    private async Task<IReadOnlyList<V1Pod>> PodsInAsync(string zone)
    {
        var nodes = (await NodesAsync(zone)).Select(node => node.Metadata.Name).ToHashSet();
        return [.. (await sandbox.Client.ListAsync<V1Pod>("shop")).Items.Where(pod => pod.IsAlive && nodes.Contains(pod.Spec?.NodeName))];
    }
}

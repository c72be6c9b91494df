using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Sandbox;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>A node emptied and given back; the node and its pods are the judges.</summary>
public sealed class NodeDrainTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>, IAsyncLifetime
{
    private const string Node = "node-b1";

    private NodeDrain Fault => new(sandbox.Clusters);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        sandbox.Behave();
        var labels = new Dictionary<string, string?> { [Marks.Injection] = null, [Marks.Installation] = null, [Marks.Run] = null };
        await sandbox.Client.PatchAsync<V1Node>(V1Patch.Merge(new { metadata = new { labels }, spec = new Dictionary<string, bool?> { ["unschedulable"] = null } }), Node);
    }

    [Fact]
    public async Task It_is_cordoned_emptied_and_schedulable_again()
    {
        await LiveSandbox.UntilAsync(async () => (await HereAsync("shop")).Count > 0);
        var (order, undo) = await PreparedAsync("shop");
        (await ReadAsync()).Spec?.Unschedulable.ShouldNotBe(true, "Prepare only reads");

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        (await ReadAsync()).Spec!.Unschedulable.ShouldBe(true);
        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBe(order.ShortId);
        (await ReadAsync()).Metadata.Annotation(Marks.UndoInWords).ShouldNotBeNull().ShouldStartWith($"kubectl uncordon {Node}");
        var held = effect.Facts["held"];
        (await HereAsync("shop")).ShouldAllBe(pod => held.Contains(pod.Metadata.Name!));
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();

        await Fault.RevertAsync(order, undo, default);
        await Fault.RevertAsync(order, undo, default);

        await ProvedAsync(order, undo, "schedulable");
        (await ReadAsync()).Metadata.Labels!.Keys.ShouldNotContain(key => key.StartsWith("gameday.dev/"));
    }

    [Fact]
    [Trait("Rule", "7")]
    public async Task A_cordon_that_was_there_before_stays()
    {
        await KubectlAsync("cordon");
        var (order, undo) = await InjectedAsync("default");

        await Fault.RevertAsync(order, undo, default);

        (await ReadAsync()).Spec!.Unschedulable.ShouldBe(true);
        await ProvedAsync(order, undo, "cordoned as it was before");
    }

    [Fact]
    [Trait("Rule", "7")]
    public async Task A_cordon_that_somebody_else_put_on_meanwhile_stays_and_is_named()
    {
        var (order, undo) = await InjectedAsync("default");
        await KubectlAsync("uncordon");
        await KubectlAsync("cordon");

        await Fault.RevertAsync(order, undo, default);

        (await ReadAsync()).Spec!.Unschedulable.ShouldBe(true);
        (await ProvedAsync(order, undo, "that stays")).SupersededBy.ShouldNotBeNull().ShouldStartWith("kubectl");
    }

    [Fact]
    [Trait("Rule", "7")]
    public async Task Cordoned_between_look_and_act_it_is_refused_untouched()
    {
        var (order, undo) = await PreparedAsync("default");
        await KubectlAsync("cordon");

        (await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(order, undo, default))).Message.ShouldContain("cordoned since");

        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_answer_lost_after_the_effect_is_read_back_and_reverted()
    {
        var (order, undo) = await PreparedAsync("default");
        sandbox.Misbehave("lostAnswer", $"/nodes/{Node}", "PATCH");

        await Should.ThrowAsync<ClusterUnreachableException>(() => Fault.InjectAsync(order, undo, default));

        (await ReadAsync()).Spec!.Unschedulable.ShouldBe(true, "it landed though nobody was told");
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "schedulable");
    }

    [Fact]
    [Trait("Rule", "13")]
    public async Task A_node_that_carries_another_injection_is_not_touched()
    {
        var (order, undo) = await InjectedAsync("default");
        var other = await sandbox.OrderForAsync(order.Target, TimeSpan.FromMinutes(1));

        await Fault.RevertAsync(other, undo, default);

        (await ReadAsync()).Spec!.Unschedulable.ShouldBe(true);
        (await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(other, default))).Message.ShouldContain(order.ShortId);
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "schedulable");
    }

    [Fact]
    [Trait("Rule", "8")]
    public async Task With_the_node_gone_its_cordon_is_gone_and_a_new_one_of_its_name_is_another_target()
    {
        await sandbox.Client.CreateAsync(new V1Node { Metadata = new() { Name = "node-x" } });
        var target = (await sandbox.TargetsAsync(new("default", "") { Node = "node-x" }, TargetKind.Node))[0];
        var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1));
        var undo = await Fault.PrepareAsync(order, default);
        await Fault.InjectAsync(order, undo, default);
        await sandbox.Client.DeleteAsync<V1Node>("node-x");
        await LiveSandbox.UntilAsync(async () => await sandbox.Client.FindAsync<V1Node>("node-x") is null);

        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "itself is gone");

        await sandbox.Client.CreateAsync(new V1Node { Metadata = new() { Name = "node-x" } });
        (await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(order, default))).Message.ShouldContain("replaced");
        await sandbox.Client.DeleteAsync<V1Node>("node-x");
    }

    [Fact]
    public async Task Pods_that_a_budget_holds_back_are_named_and_with_none_gone_it_is_without_effect()
    {
        await PlantHeldPodAsync();
        var target = (await sandbox.TargetsAsync(new("default", "") { Node = Node }, TargetKind.Node))[0];
        var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1), ("within", "1s"));
        (await Fault.RehearseAsync(order, default)).ShouldContain(answer => answer.Accepted == true && answer.Answer.Contains("the disruption budget held", StringComparison.OrdinalIgnoreCase));
        var undo = await Fault.PrepareAsync(order, default);

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeFalse();
        effect.Summary.ShouldContain("without effect");
        effect.Facts["held"].ShouldContain("disruption budget held", Case.Insensitive);
        await Fault.RevertAsync(order, undo, default);
        await ProvedAsync(order, undo, "schedulable");
    }

    private async Task PlantHeldPodAsync()
    {
        var labels = new Dictionary<string, string> { ["app"] = "held" };
        var spec = new V1PodSpec { NodeSelector = new Dictionary<string, string> { ["kubernetes.io/hostname"] = Node }, Containers = [new() { Name = "x", Image = "ghost:1" }] };
        await sandbox.Client.CreateAsync(new V1PodDisruptionBudget { Metadata = new() { Name = "held", Namespace = "default" }, Spec = new() { MinAvailable = 1, Selector = new() { MatchLabels = labels } } });
        await sandbox.Client.CreateAsync(new V1Deployment
        {
            Metadata = new() { Name = "held", Namespace = "default" },
            Spec = new() { Replicas = 1, Selector = new() { MatchLabels = labels }, Template = new() { Metadata = new() { Labels = labels }, Spec = spec } },
        });
        await LiveSandbox.UntilAsync(async () => (await HereAsync("default")).Any(pod => pod.IsReady)
            && (await sandbox.Client.ReadAsync<V1PodDisruptionBudget>("held", "default")).Status is { CurrentHealthy: 1, DisruptionsAllowed: 0 });
    }

    private async Task<IReadOnlyList<V1Pod>> HereAsync(string ns) =>
        [.. (await sandbox.Client.ListAsync<V1Pod>(ns, fieldSelector: $"spec.nodeName={Node}")).Items.Where(pod => pod.IsAlive)];

    private async Task<(InjectionOrder Order, UndoPlan Undo)> PreparedAsync(string ns)
    {
        var target = (await sandbox.TargetsAsync(new(ns, "") { Node = Node }, TargetKind.Node))[0];
        var order = await sandbox.OrderForAsync(target, TimeSpan.FromMinutes(1), ("within", "3s"));
        return (order, await Fault.PrepareAsync(order, default));
    }

    /// <summary>In the empty namespace there is nothing to evict: the cordon alone.</summary>
    private async Task<(InjectionOrder Order, UndoPlan Undo)> InjectedAsync(string ns)
    {
        var (order, undo) = await PreparedAsync(ns);
        await Fault.InjectAsync(order, undo, default);
        (await ReadAsync()).Metadata.Label(Marks.Injection).ShouldBe(order.ShortId);
        return (order, undo);
    }

    private async Task<Evidence> ProvedAsync(InjectionOrder order, UndoPlan undo, string words)
    {
        var proof = await Fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        proof.Summary.ShouldContain(words);
        return proof;
    }

    private async Task KubectlAsync(string verb)
    {
        var done = await Finished.RunAsync("kubectl", ["--kubeconfig", sandbox.Kubeconfig, verb, Node]);
        done.Code.ShouldBe(0, done.Error);
    }

    private Task<V1Node> ReadAsync() => sandbox.Client.ReadAsync<V1Node>(Node);
}

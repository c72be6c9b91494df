using System.Diagnostics;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Latency on the living shop: the fault and the real agent act, the sandbox's own kernel state judges.</summary>
public sealed class NetworkLatencyTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private NetworkLatency Fault => new(sandbox.Clusters, sandbox.Options);

    [Fact]
    public async Task It_is_measured_while_it_stands_and_proved_gone()
    {
        var order = await OrderAsync(Long);
        var peer = (await sandbox.PodsAsync("app=payments"))[0];
        var undo = await Fault.PrepareAsync(order, default);

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        effect.Facts.Keys.ShouldContain("addedDelayMs", effect.Summary);
        double.Parse(effect.Facts["addedDelayMs"]).ShouldBe(300, 100);
        sandbox.DelayFrom(order, peer).TotalMilliseconds.ShouldBe(300);

        await Fault.RevertAsync(order, undo, default);
        var proof = await Fault.VerifyRevertedAsync(order, undo, default);

        proof.Holds.ShouldBeTrue(proof.Summary);
        NothingIsLeft(order);
        (await AgentsAsync(order))[0].ShouldBe($"gameday-{order.ShortId}-1");
    }

    [Fact]
    public async Task At_its_end_it_goes_by_itself_and_proves_that()
    {
        var order = await OrderAsync(TimeSpan.FromSeconds(8));
        var undo = await Fault.PrepareAsync(order, default);
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await LiveSandbox.UntilAsync(async () => (await Fault.VerifyRevertedAsync(order, undo, default)).Holds);

        NothingIsLeft(order);
    }

    [Fact]
    [Trait("Rule", "5")]
    public async Task An_agent_that_shares_nobodys_processes_outlives_the_apps_restart()
    {
        var order = await OrderAsync(Long);
        var undo = await Fault.PrepareAsync(order, default);
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();
        (await PodAsync(order)).Spec!.EphemeralContainers!.ShouldAllBe(container => container.TargetContainerName == null);

        var app = (await PodAsync(order)).Spec!.Containers![0].Name!;
        await LiveSandbox.UntilAsync(() => sandbox.KillAsync(order.Target, app));
        await LiveSandbox.UntilAsync(async () => (await PodAsync(order)).Status!.ContainerStatuses![0].RestartCount > 0);

        (await PodAsync(order)).EphemeralContainer(undo.Values["agent"])!.State!.Running.ShouldNotBeNull();
        await Fault.RevertAsync(order, undo, default);
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        NothingIsLeft(order);
    }

    [Fact]
    [Trait("Rule", "6")]
    public async Task With_its_agent_killed_nothing_is_proved_until_a_fresh_one_has_looked()
    {
        var order = await OrderAsync(Long);
        var undo = await Fault.PrepareAsync(order, default);
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        KillAgent(order);
        await LiveSandbox.UntilAsync(async () => (await PodAsync(order)).EphemeralContainer(undo.Values["agent"])?.State?.Terminated is not null);
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();

        await Fault.RevertAsync(order, undo, default);
        await Fault.RevertAsync(order, undo, default);

        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        NothingIsLeft(order);
        (await AgentsAsync(order)).ShouldBe([$"gameday-{order.ShortId}-1", $"gameday-undo-{order.ShortId}-1"]);
    }

    [Fact]
    [Trait("Rule", "6")]
    public async Task Without_exec_fresh_containers_look_and_revert()
    {
        var withoutExec = new NetworkLatency(sandbox.Clusters, sandbox.Options with { ExecPatience = TimeSpan.Zero });
        var order = await OrderAsync(Long);
        var undo = await withoutExec.PrepareAsync(order, default);

        var effect = await withoutExec.InjectAsync(order, undo, default);
        await withoutExec.RevertAsync(order, undo, default);
        var proof = await withoutExec.VerifyRevertedAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        proof.Holds.ShouldBeTrue(proof.Summary);
        NothingIsLeft(order);
        (await AgentsAsync(order)).ShouldContain($"gameday-undo-{order.ShortId}-1");
    }

    [Fact]
    public async Task Reverted_before_its_request_landed_it_can_never_land()
    {
        var order = await OrderAsync(Long);
        var undo = await Fault.PrepareAsync(order, default);

        await Fault.RevertAsync(order, undo, default);

        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(order, undo, default));
        NothingIsLeft(order);
    }

    [Fact]
    public async Task A_pod_that_goes_takes_its_fault_along()
    {
        var order = await OrderAsync(Long);
        var undo = await Fault.PrepareAsync(order, default);
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await sandbox.Client.DeleteAsync<V1Pod>(order.Target.Name, order.Target.Namespace, new V1DeleteOptions { GracePeriodSeconds = 0 });
        await LiveSandbox.UntilAsync(async () => await sandbox.Client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace) is null);

        await Fault.RevertAsync(order, undo, default);
        var proof = await Fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        proof.Summary.ShouldContain("is Ready");
        await LiveSandbox.UntilAsync(() => Task.FromResult(sandbox.Kernels.Find(order.Target.Uid) is null));
    }

    [Fact]
    public async Task Foreign_shaping_makes_it_without_effect_and_leaves_the_shaping_alone()
    {
        var order = await OrderAsync(Long);
        var undo = await Fault.PrepareAsync(order, default);
        sandbox.Kernels.Open(order.Target.Uid);
        var kernel = sandbox.Kernels.Find(order.Target.Uid)!;
        kernel.Run("tc", ["qdisc", "add", "dev", "eth0", "root", "handle", "1:", "tbf", "rate", "1gbit", "burst", "1m", "latency", "50ms"], null).Exit.ShouldBe(0);

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeFalse();
        effect.Summary.ShouldContain("tbf 1:");
        await Fault.RevertAsync(order, undo, default);
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        kernel.Run("tc", ["qdisc", "del", "dev", "eth0", "root"], null).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task A_selector_that_matches_nothing_is_refused_with_what_to_look_at()
    {
        var order = await sandbox.OrderAsync("app=checkout", Long, ("delay", "300ms"), ("to", "app=nobody"));

        var refused = await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(order, default));

        refused.Message.ShouldContain("kubectl -n shop get pods -l 'app=nobody'");
    }

    private Task<InjectionOrder> OrderAsync(TimeSpan duration) =>
        sandbox.OrderAsync("app=checkout", duration, ("delay", "300ms"), ("jitter", "0s"), ("to", "app=payments"));

    private Task<V1Pod> PodAsync(InjectionOrder order) => sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, order.Target.Namespace);

    private async Task<IReadOnlyList<string>> AgentsAsync(InjectionOrder order) =>
        [.. (await PodAsync(order)).Spec!.EphemeralContainers!.Select(c => c.Name).Where(name => name.Contains(order.ShortId, StringComparison.Ordinal)
            && !name.StartsWith("gameday-look-", StringComparison.Ordinal))]; // taken where an exec is slow to answer

    private void NothingIsLeft(InjectionOrder order)
    {
        var state = sandbox.Kernels.Describe(order.Target.Uid);
        state["tables"]!.AsArray().Count.ShouldBe(0);
        state["qdiscs"]!.ToJsonString().ShouldNotContain("netem");
    }

    private static void KillAgent(InjectionOrder order)
    {
        var agent = Process.GetProcesses().Single(process => Words(process) is [var program, .., _] words && program.EndsWith("gameday-agent", StringComparison.Ordinal) && words.Contains(order.ShortId));
        agent.Kill();
    }

    private static string[] Words(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // ended meanwhile
        }
    }
}

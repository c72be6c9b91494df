using System.Net;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Pausing and killing on the living shop: the real agent acts, traffic and the kubelet's restart count judge.</summary>
public sealed class ProcessFaultTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ProcessPause Pause => new(sandbox.Clusters, sandbox.Options);

    private ProcessKill Kill => new(sandbox.Clusters, sandbox.Options);

    [Fact]
    public async Task A_paused_container_answers_nothing_until_it_is_reverted_and_that_is_proved()
    {
        var order = await sandbox.OrderAsync("app=catalogue", Long);
        var undo = await Pause.PrepareAsync(order, default);
        (await AnswersAsync(order)).ShouldBeTrue();

        var effect = await Pause.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        effect.Facts["processes"].ShouldEndWith(" t");
        (await AnswersAsync(order, seconds: 1)).ShouldBeFalse();

        await Pause.RevertAsync(order, undo, default);
        var proof = await Pause.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        (await AnswersAsync(order)).ShouldBeTrue();
    }

    [Fact, Trait("Rule", "6")]
    public async Task Rule_6_with_its_agent_killed_a_paused_container_runs_on_and_a_fresh_agent_proves_it()
    {
        var order = await sandbox.OrderAsync("app=catalogue", Long);
        var undo = await Pause.PrepareAsync(order, default);
        (await Pause.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        (await sandbox.KillAsync(order.Target, undo.Values["agent"])).ShouldBeTrue();

        (await AnswersAsync(order)).ShouldBeTrue();
        await LiveSandbox.UntilAsync(async () => (await PodAsync(order)).EphemeralContainer(undo.Values["agent"])?.State?.Terminated is not null);
        (await Pause.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();
        await Pause.RevertAsync(order, undo, default);
        var proof = await Pause.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
    }

    [Fact]
    public async Task A_pause_ends_by_itself_at_its_time_and_proves_that()
    {
        var order = await sandbox.OrderAsync("app=catalogue", TimeSpan.FromSeconds(15));
        var undo = await Pause.PrepareAsync(order, default);
        (await Pause.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await LiveSandbox.UntilAsync(async () => (await Pause.VerifyRevertedAsync(order, undo, default)).Holds);

        (await AnswersAsync(order)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_container_that_restarts_takes_its_pause_along()
    {
        var order = await sandbox.OrderAsync("app=catalogue", Long);
        var undo = await Pause.PrepareAsync(order, default);
        (await Pause.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await sandbox.KillAsync(order.Target, undo.Values["container"]);
        await LiveSandbox.UntilAsync(async () => (await PodAsync(order)).EphemeralContainer(undo.Values["agent"])?.State?.Terminated is not null);

        await Pause.RevertAsync(order, undo, default);
        var proof = await Pause.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        proof.Summary.ShouldContain("started again");
        (await PodAsync(order)).Spec!.EphemeralContainers!.Count(c => c.Name.Contains(order.ShortId, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact, Trait("Rule", "2")]
    public async Task Rule_2_reverted_before_its_request_landed_a_pause_can_never_land()
    {
        var order = await sandbox.OrderAsync("app=catalogue", Long);
        var undo = await Pause.PrepareAsync(order, default);

        await Pause.RevertAsync(order, undo, default);

        (await Pause.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        await Should.ThrowAsync<FaultRefused>(() => Pause.InjectAsync(order, undo, default));
        (await AnswersAsync(order)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_kill_is_judged_by_the_restart_count()
    {
        var order = await sandbox.OrderAsync("app=cart", Long);
        var undo = await Kill.PrepareAsync(order, default);

        var effect = await Kill.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        effect.Facts["exitCode"].ShouldBe("137");
        await LiveSandbox.UntilAsync(async () => (await PodAsync(order)).Status!.ContainerStatuses![0].RestartCount == int.Parse(undo.Values["restarts"]) + 1);
        await Kill.RevertAsync(order, undo, default);
        await LiveSandbox.UntilAsync(async () => (await Kill.VerifyRevertedAsync(order, undo, default)).Holds);
    }

    [Fact]
    public async Task An_unknown_container_is_refused_with_those_there_are()
    {
        var order = await sandbox.OrderAsync("app=catalogue", Long, ("container", "sidecar"));

        var refused = await Should.ThrowAsync<FaultRefused>(() => Pause.PrepareAsync(order, default));

        refused.Message.ShouldContain("it has catalogue");
    }

    private async Task<V1Pod> PodAsync(InjectionOrder order) => (await sandbox.Client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace))!;

    private static async Task<bool> AnswersAsync(InjectionOrder order, int seconds = 0)
    {
        using var http = new HttpClient { Timeout = seconds == 0 ? Patience : TimeSpan.FromSeconds(seconds) };
        try
        {
            return (await http.GetAsync(new Uri($"http://{order.Target.Ip}:8080/healthz"))).StatusCode == HttpStatusCode.OK;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }
}

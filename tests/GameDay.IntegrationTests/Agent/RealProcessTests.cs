using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The real agent beside a real process 1 in a PID namespace of its own.</summary>
public sealed class RealProcessTests
{
    private const string Id = "ab12cd34";

    [Fact]
    public async Task Kill_9_from_inside_does_nothing_to_process_1_and_the_tracers_end_kills_it()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();
        await target.RunAsync("kill", "-9", "1");
        await target.CountsOnAsync();

        using var agent = Inject(target, "--kill", 30);
        var said = await agent.NextAsync();

        Text(said, "state").ShouldBe("active");
        Text(said, "processesBefore").ShouldStartWith("1 bash");
        (await target.EndAsync()).ShouldBe(128 + 9);
        (await agent.ExitAsync()).ShouldBe(128 + 9, "it shares the namespace of the process that died");
    }

    [Fact]
    public async Task A_held_target_is_silent_until_the_deadline_and_then_counts_on()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();

        using var agent = Inject(target, "--stop", 10);
        var active = await agent.NextAsync();
        var end = await agent.NextAsync();

        Text(active, "state").ShouldBe("active");
        Text(active, "processes").ShouldStartWith("1 bash t");
        Text(end, "state").ShouldBe("reverted");
        Text(end, "processes").ShouldNotContain(" t");
        (await agent.ExitAsync()).ShouldBe(0);
        await target.CountsOnAsync();
        target.LongestSilence.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact, Trait("Rule", "4")]
    public async Task Rule_4_a_target_whose_holder_is_killed_with_9_counts_on_with_nobody_of_ours_alive()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();
        using var agent = Inject(target, "--stop", 600);
        Text(await agent.NextAsync(), "state").ShouldBe("active");
        Text(await AskAsync(target, $"status --id {Id} --process"), "state").ShouldBe("active");
        var heard = target.Heard;
        await Task.Delay(300, TestContext.Current.CancellationToken);
        target.Heard.ShouldBe(heard);

        agent.Kill();

        await target.CountsOnAsync();
        Text(await AskAsync(target, $"status --id {Id} --process"), "state").ShouldBe("clean");
    }

    [Fact, Trait("Rule", "6")]
    public async Task Rule_6_a_fresh_agent_makes_the_holder_let_go_and_no_other_injections()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();
        using var agent = Inject(target, "--stop", 600);
        Text(await agent.NextAsync(), "state").ShouldBe("active");

        var other = await AskAsync(target, "revert --id 00000000 --process");
        Text(other, "reason").ShouldContain($"stopped by {Id}");
        target.Tracer.ShouldBeGreaterThan(0);
        var revert = await AskAsync(target, $"revert --id {Id} --process");

        Text(revert, "state").ShouldBe("reverted");
        Text(await agent.NextAsync(), "state").ShouldBe("reverted");
        await target.CountsOnAsync();
    }

    [Fact, Trait("Rule", "6")]
    public async Task Rule_6_a_holder_that_does_not_answer_is_killed_to_let_go()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();
        using var agent = Inject(target, "--stop", 600);
        Text(await agent.NextAsync(), "state").ShouldBe("active");
        var holder = target.Tracer;
        holder.ShouldBeGreaterThan(0);
        using (var freeze = Process.Start("kill", ["-STOP", $"{holder}"]))
            await freeze.WaitForExitAsync(TestContext.Current.CancellationToken);

        Text(await AskAsync(target, $"revert --id {Id} --process"), "state").ShouldBe("reverted");

        await target.CountsOnAsync();
    }

    [Fact]
    public async Task A_target_whose_children_end_while_it_is_looked_at_is_held_all_the_same()
    {
        using var target = new PidNamespace("(/bin/true & /bin/true & /bin/true & wait)");

        for (var round = 0; round < 8; round++)
        {
            await target.CountsOnAsync();
            using var holder = Inject(target, "--stop", 600);
            var active = await holder.NextAsync();
            Text(active, "state").ShouldBe("active", Text(active, "reason"));
            Text(await AskAsync(target, $"revert --id {Id} --process"), "state").ShouldBe("reverted");
        }
    }

    [Fact]
    public async Task What_a_signal_stopped_before_is_not_touched()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();
        using var holder = Inject(target, "--stop", 600);
        Text(await holder.NextAsync(), "state").ShouldBe("active");

        var second = await AskAsync(target, Words("00000000", "--stop", 30));

        Text(second, "state").ShouldBe("refused");
        Text(second, "reason").ShouldContain("is stopped already");
    }

    [Fact, Trait("Rule", "2")]
    public async Task Rule_2_started_later_than_its_limit_it_touches_nothing()
    {
        using var target = new PidNamespace();
        await target.CountsOnAsync();

        var late = await AskAsync(target, $"inject --id {Id} --stop --duration 30s --deadline-in 30s --not-after {AgentProcess.InSeconds(-1)}");

        Text(late, "state").ShouldBe("late");
        await target.CountsOnAsync();
    }

    [Fact]
    public async Task It_never_stops_itself()
    {
        var alone = await AgentProcess.RunAsync(Words(Id, "--kill", 30), null, "unshare", "--pid", "--fork", "--mount-proc");

        Text(alone, "state").ShouldBe("refused");
        Text(alone, "reason").ShouldContain("process 1 is the agent itself");
    }

    private static AgentProcess Inject(PidNamespace target, string effect, int seconds) => AgentProcess.Start(Words(Id, effect, seconds), null, target.Inside);

    private static string Words(string id, string effect, int seconds) =>
        $"inject --id {id} {effect} --duration {seconds}s --deadline-in 900s --not-after {AgentProcess.InSeconds(60)}";

    private static Task<JsonElement> AskAsync(PidNamespace target, string words) => AgentProcess.RunAsync(words, null, target.Inside);

    private static string Text(JsonElement evidence, string name) => evidence.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

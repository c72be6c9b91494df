using GameDay.Sandbox.Kernel;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class InjectTests
{
    [Fact]
    public async Task A_delay_is_measured_stays_for_its_duration_and_is_proved_gone()
    {
        var stage = new Stage();

        var running = await stage.InjectAsync("--probe 10.0.0.2:8080");

        stage.Last.GetProperty("addedDelayMs").GetDouble().ShouldBe(400, 1);
        stage.Last.GetProperty("table").GetString().ShouldBe("inet gameday_ab12cd34");
        stage.Last.GetProperty("qdisc").GetString()!.ShouldStartWith("eth0 ");
        stage.DelayTo("10.0.0.2").TotalMilliseconds.ShouldBe(400);
        stage.DelayTo("10.96.0.9").TotalMilliseconds.ShouldBe(400);
        stage.DelayTo("10.0.0.3").ShouldBe(TimeSpan.Zero);

        (await stage.EndAsync(running)).ShouldBe(0);
        stage.State.ShouldBe("reverted");
        stage.Last.GetProperty("addedDelayMs").GetDouble().ShouldBe(400, 1);
        stage.Pod.Describe()["tables"]!.AsArray().Count.ShouldBe(0);
        stage.Clock.GetUtcNow().ShouldBeInRange(Stage.Noon.AddSeconds(30), Stage.Noon.AddSeconds(31));
    }

    [Fact]
    public async Task With_a_port_only_that_port_is_slow()
    {
        var stage = new Stage();

        var running = await stage.InjectAsync("--port 8080");

        stage.DelayTo("10.0.0.2", 8080).ShouldBeGreaterThan(TimeSpan.Zero);
        stage.DelayTo("10.0.0.2", 9090).ShouldBe(TimeSpan.Zero);
        await stage.EndAsync(running);
    }

    [Fact]
    public async Task Started_after_its_limit_it_touches_nothing()
    {
        var stage = new Stage();
        stage.Clock.Advance(TimeSpan.FromSeconds(31));

        (await stage.RunAsync(Stage.InjectWords())).ShouldBe(4);

        stage.State.ShouldBe("late");
        stage.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_root_qdisc_of_somebody_else_is_a_refusal_and_stays()
    {
        var stage = new Stage();
        stage.Pod.Run("tc", ["qdisc", "add", "dev", "eth0", "root", "handle", "1:", "tbf", "rate", "1mbit", "burst", "4k", "latency", "50ms"], null);

        (await stage.RunAsync(Stage.InjectWords())).ShouldBe(3);

        stage.State.ShouldBe("refused");
        stage.Reason.ShouldContain("tbf 1:");
        stage.Pod.Describe()["qdiscs"]!.ToJsonString().ShouldContain("tbf");
        stage.Calls.ShouldAllBe(call => !call.Contains("add") && !call.Contains("del"));
    }

    [Fact]
    public async Task Without_netem_it_refuses_and_takes_its_own_root_out_again()
    {
        var stage = new Stage(KernelFeatures.Complete with { Qdiscs = ["htb"] });

        (await stage.RunAsync(Stage.InjectWords())).ShouldBe(3);

        stage.State.ShouldBe("refused");
        stage.Reason.ShouldContain("Specified qdisc kind is unknown");
        stage.Pod.Describe()["qdiscs"]!.ToJsonString().ShouldNotContain("htb");
    }

    [Theory]
    [InlineData("nft")]
    [InlineData("tc")]
    [InlineData("ip")]
    public async Task Without_a_tool_it_refuses_naming_it(string program)
    {
        var stage = new Stage(KernelFeatures.Complete with { Programs = KernelFeatures.Complete.Programs.Remove(program) });

        (await stage.RunAsync(Stage.InjectWords())).ShouldBe(3);

        stage.Reason.ShouldContain($"{program} is missing");
    }

    [Fact]
    public async Task Loopback_is_never_touched()
    {
        var stage = new Stage();

        (await stage.RunAsync(Stage.InjectWords().Replace("10.0.0.2", "127.0.0.1"))).ShouldBe(3);

        stage.Reason.ShouldContain("loopback");
    }

    [Fact]
    public async Task A_signal_reverts_at_once()
    {
        var stage = new Stage();
        using var stop = new CancellationTokenSource();
        var running = await stage.InjectAsync(stop: stop.Token);

        await stop.CancelAsync();

        (await running).ShouldBe(0);
        stage.State.ShouldBe("reverted");
        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_revert_by_another_process_ends_it_soon()
    {
        var stage = new Stage();
        var running = await stage.InjectAsync();

        (await stage.RunAsync($"revert --id {Stage.Id}")).ShouldBe(0);

        (await stage.EndAsync(running)).ShouldBe(0);
        stage.State.ShouldBe("reverted");
        stage.Clock.GetUtcNow().ShouldBeLessThan(Stage.Noon.AddSeconds(2));
    }

    [Fact]
    public async Task Two_injections_of_the_same_id_do_not_add_up()
    {
        var stage = new Stage();
        var running = await stage.InjectAsync();

        (await stage.RunAsync(Stage.InjectWords())).ShouldBe(3);

        stage.DelayTo("10.0.0.2").TotalMilliseconds.ShouldBe(400);
        await stage.EndAsync(running);
    }

    [Fact]
    public async Task A_defect_with_the_fault_in_place_takes_it_out_before_the_process_ends()
    {
        var stage = new Stage { ProbeBreaks = true };

        (await stage.RunAsync(Stage.InjectWords("--probe 10.0.0.2:8080"))).ShouldBe(3);

        stage.Reason.ShouldContain("a defect");
        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_output_that_nobody_reads_any_more_does_not_end_it()
    {
        var stage = new Stage { Output = new BrokenPipe() };
        var running = stage.RunAsync(Stage.InjectWords());

        stage.DelayTo("10.0.0.2").TotalMilliseconds.ShouldBe(400);

        (await stage.EndAsync(running)).ShouldBe(0);
        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
    }

    private sealed class BrokenPipe : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe");
    }
}

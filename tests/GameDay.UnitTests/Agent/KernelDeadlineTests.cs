using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class KernelDeadlineTests
{
    [Fact]
    public async Task With_every_process_dead_the_kernel_ends_the_fault_at_the_deadline()
    {
        var stage = new Stage();
        _ = await stage.InjectAsync();
        stage.KillProcesses();

        stage.Clock.Advance(TimeSpan.FromSeconds(29.9));
        stage.DelayTo("10.0.0.2").ShouldBeGreaterThan(TimeSpan.Zero);

        stage.Clock.Advance(TimeSpan.FromSeconds(0.2));
        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
        stage.Pod.Describe()["tables"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_kernel_timeout_is_the_shorter_of_duration_and_deadline()
    {
        var stage = new Stage();
        _ = stage.RunAsync(Stage.InjectWords().Replace("--deadline-in 60s", "--deadline-in 7s"));

        await stage.RunAsync($"status --id {Stage.Id}");

        stage.Last.GetProperty("remainingMs").GetInt64().ShouldBe(7000);
    }

    [Fact]
    public async Task Inert_leftovers_are_reported_until_a_revert_takes_them_out()
    {
        var stage = new Stage();
        stage.Pod.Run("tc", ["qdisc", "add", "dev", "eth0", "root", "handle", "3b12:", "htb", "default", "0"], null).Exit.ShouldBe(0);
        stage.Pod.Run("tc", ["class", "add", "dev", "eth0", "parent", "3b12:", "classid", "3b12:2", "htb", "rate", "1gbit"], null).Exit.ShouldBe(0);
        stage.Pod.Run("tc", ["qdisc", "add", "dev", "eth0", "parent", "3b12:2", "netem", "delay", "400ms"], null).Exit.ShouldBe(0);
        stage.Pod.Run("nft", ["-f", "-"], TableText).Exit.ShouldBe(0);
        stage.DelayTo("10.0.0.2").TotalMilliseconds.ShouldBe(400);

        stage.Clock.Advance(TimeSpan.FromSeconds(5));

        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
        (await stage.RunAsync($"status --id {Stage.Id}")).ShouldBe(5);
        stage.Reason.ShouldContain("inert");
        (await stage.RunAsync($"revert --id {Stage.Id}")).ShouldBe(0);
        (await stage.RunAsync($"status --id {Stage.Id}")).ShouldBe(0);
        stage.State.ShouldBe("clean");
    }

    [Fact]
    public async Task Revert_leaves_tables_and_qdiscs_of_other_injections_alone()
    {
        var stage = new Stage();
        var running = await stage.InjectAsync();

        (await stage.RunAsync("revert --id 99999999")).ShouldBe(0);

        stage.DelayTo("10.0.0.2").ShouldBeGreaterThan(TimeSpan.Zero);
        await stage.EndAsync(running);
    }

    private const string TableText = """
        create table inet gameday_ab12cd34
        table inet gameday_ab12cd34 {
          set peers4 { type ipv4_addr; flags timeout; elements = { 10.0.0.2 timeout 5s }; }
          chain out {
            type filter hook output priority mangle; policy accept;
            ip daddr @peers4 meta priority set 0x3b120002;
          }
        }
        """;
}

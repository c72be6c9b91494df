using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class UndoTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task A_revert_whose_first_calls_fail_asks_again_until_nothing_is_left(int failing)
    {
        var stage = new Stage();
        _ = await stage.InjectAsync();
        stage.Failing = failing;

        (await stage.EndAsync(stage.RunAsync($"revert --id {Stage.Id}"))).ShouldBe(0);

        stage.DelayTo("10.0.0.2").ShouldBe(TimeSpan.Zero);
        stage.Pod.Describe()["tables"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_kernel_that_cannot_be_read_for_long_is_reported_as_leaked()
    {
        var stage = new Stage { Failing = int.MaxValue };

        (await stage.EndAsync(stage.RunAsync($"revert --id {Stage.Id}"))).ShouldBe(5);

        stage.Reason.ShouldContain("cannot read back");
        stage.Clock.GetUtcNow().ShouldBeGreaterThan(Stage.Noon.AddSeconds(4));
    }

    [Fact]
    public async Task A_peer_that_is_never_touched_is_refused_before_anything_is_written()
    {
        var stage = new Stage();

        (await stage.RunAsync(Stage.InjectWords("--never 10.0.0.2"))).ShouldBe(3);

        stage.Reason.ShouldContain("10.0.0.2 is never touched");
        stage.Calls.ShouldAllBe(call => !call.Contains("add", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_proxy_refuses_a_kernel_whose_tables_have_no_owners()
    {
        var stage = new Stage();
        stage.Files["/proc/sys/kernel/osrelease"] = "5.10.0-30-amd64\n";

        (await stage.RunAsync(Stage.InjectWords("--by proxy --port 80"))).ShouldBe(3);

        stage.Reason.ShouldContain("5.12");
    }
}

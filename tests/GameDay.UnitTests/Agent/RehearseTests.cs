using System.Text;
using GameDay.Sandbox.Kernel;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class RehearseTests
{
    private const string Root = "Name:\tgameday-agent\nUid:\t0\t0\t0\t0\nCapEff:\t0000000000001000\n";

    [Fact]
    public async Task A_rehearsal_says_what_it_saw_and_changes_nothing()
    {
        var stage = Ready();
        var before = stage.Pod.Describe().ToJsonString();

        (await stage.RunAsync($"rehearse --id {Stage.Id}")).ShouldBe(0);

        stage.State.ShouldBe("rehearsed");
        var facts = stage.Last.GetProperty("rehearsal");
        facts.GetProperty("release").GetString().ShouldBe("6.1.0-18-amd64");
        facts.GetProperty("uid").GetInt32().ShouldBe(0);
        facts.GetProperty("netAdmin").GetBoolean().ShouldBeTrue();
        facts.GetProperty("sysPtrace").GetBoolean().ShouldBeFalse();
        facts.GetProperty("timedSets").GetBoolean().ShouldBeTrue();
        facts.GetProperty("netem").GetBoolean().ShouldBeTrue();
        facts.GetProperty("tbf").GetBoolean().ShouldBeTrue();
        facts.GetProperty("deadlineHeldBy").GetString().ShouldBe("kernel");
        facts.GetProperty("uptimeSeconds").GetDouble().ShouldBe(120.5);
        stage.Last.GetProperty("at").GetDateTimeOffset().ShouldBe(Stage.Noon);
        stage.Pod.Describe().ToJsonString().ShouldBe(before);
    }

    [Theory]
    [InlineData("/proc/version", "Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016", "gVisor")]
    [InlineData("/proc/mounts", "kataShared / virtiofs rw 0 0", "Kata")]
    public async Task A_kernel_that_is_not_the_nodes_is_named(string path, string text, string runtime)
    {
        var stage = Ready();
        stage.Files[path] = text;

        await stage.RunAsync("rehearse");

        stage.Last.GetProperty("rehearsal").GetProperty("runtime").GetString().ShouldBe(runtime);
        Problems(stage).ShouldContain(runtime);
    }

    [Fact]
    public async Task Without_nft_nobody_would_hold_the_deadline()
    {
        var stage = Ready(KernelFeatures.Complete with { Programs = KernelFeatures.Complete.Programs.Remove("nft") });

        await stage.RunAsync("rehearse");

        stage.Last.GetProperty("rehearsal").GetProperty("deadlineHeldBy").GetString().ShouldBe("nobody");
        Problems(stage).ShouldContain("nft is missing");
    }

    [Fact]
    public async Task A_missing_capability_is_a_problem_and_what_it_hides_is_not_claimed()
    {
        var stage = Ready(KernelFeatures.Complete with { Programs = KernelFeatures.Complete.Programs.Remove("nft") });
        stage.Files["/proc/self/status"] = Root.Replace("0000000000001000", "0000000000000000");

        await stage.RunAsync("rehearse");

        stage.Last.GetProperty("rehearsal").TryGetProperty("timedSets", out _).ShouldBeFalse();
        Problems(stage).ShouldContain("CAP_NET_ADMIN");
    }

    [Fact]
    public async Task A_reading_that_fails_is_a_problem_and_the_rest_is_still_told()
    {
        var stage = Ready();
        stage.Failing = 3;

        (await stage.RunAsync("rehearse")).ShouldBe(0);

        stage.Last.GetProperty("rehearsal").GetProperty("release").GetString().ShouldBe("6.1.0-18-amd64");
        Problems(stage).ShouldContain("Cannot allocate memory");
        Encoding.UTF8.GetByteCount(stage.Last.GetRawText()).ShouldBeLessThan(4096);
    }

    private static Stage Ready(KernelFeatures? features = null)
    {
        var stage = new Stage(features);
        stage.Files["/proc/self/status"] = Root;
        stage.Files["/proc/sys/kernel/osrelease"] = "6.1.0-18-amd64\n";
        stage.Files["/proc/modules"] = "sch_netem 24576 0 - Live 0x0\n";
        stage.Files["/proc/uptime"] = "120.5 200.0\n";
        return stage;
    }

    private static string Problems(Stage stage) => stage.Last.GetProperty("rehearsal").GetProperty("problems").GetRawText();
}

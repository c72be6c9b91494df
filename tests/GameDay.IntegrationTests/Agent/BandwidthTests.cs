using Shouldly;
using Xunit;
using static GameDay.IntegrationTests.Agent.KernelWords;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The agent's bandwidth limit in the real kernel, by measured transfers; kernels without netem have it too.</summary>
public sealed class BandwidthTests
{
    private const string Slow = $"--rate 128kbit --to {NetworkNamespaces.Peer}";

    // 10 kB pass at once, the other 30 take two seconds at 16 kB/s.
    private const int Transfer = 40_000;
    private const double Slowed = 1500;

    [Fact]
    public async Task It_slows_a_transfer_and_is_gone_after_the_revert()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        var (agent, active) = await InjectAsync(place, Slow);
        using var _ = agent;

        active.Text("notMeasured").ShouldNotBeEmpty();
        (await flow.EchoAsync(Transfer)).ShouldBeGreaterThan(Slowed);

        await agent.TerminateAsync();
        var reverted = await agent.NextAsync();
        reverted.Text("state").ShouldBe("reverted");
        reverted.Text("measuredBy").ShouldBe("counters");
        reverted.TryGetProperty("notMeasured", out var __).ShouldBeFalse();
        await UntilAsync(async () => await flow.EchoAsync(Transfer) < Slowed);
        NothingIsLeft(place);
    }

    [Fact, Trait("Rule", "3")]
    public async Task Rule_3_with_the_agent_killed_the_kernels_timeout_ends_the_limit()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        var (agent, _) = await InjectAsync(place, Slow, "15s");
        using var __ = agent;

        agent.Kill();

        (await flow.EchoAsync(Transfer)).ShouldBeGreaterThan(Slowed);
        await UntilAsync(async () => await flow.EchoAsync(Transfer) < Slowed);
        (await StatusAsync(place)).Text("state").ShouldBe("leaked");
        (await RevertAsync(place)).Text("state").ShouldBe("reverted");
        NothingIsLeft(place);
    }

    [Theory]
    [InlineData("--loss 30")]
    [InlineData("--duplicate 30")]
    [InlineData("--corrupt 30")]
    [InlineData("--reorder 30")]
    public async Task What_this_kernel_lacks_is_a_refusal_that_leaves_nothing(string effect)
    {
        using var place = new NetworkNamespaces();
        Assert.SkipWhen(place.HasNetem(), "this kernel has netem");

        (await RefusalAsync(place, $"{effect} --to {NetworkNamespaces.Peer}")).ShouldContain("qdisc kind is unknown");
    }

    [Fact]
    public async Task Loss_is_measured_where_the_kernel_has_netem()
    {
        using var place = new NetworkNamespaces();
        Assert.SkipUnless(place.HasNetem(), "this kernel has no netem");

        var (agent, active) = await InjectAsync(place, $"--loss 50 --to {NetworkNamespaces.Peer}");
        using var _ = agent;

        active.Text("measuredBy").ShouldBe("connect");
        await agent.TerminateAsync();
        (await agent.NextAsync()).Text("state").ShouldBe("reverted");
        NothingIsLeft(place);
    }
}

using System.Text.Json;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The real agent against the real kernel, in network namespaces of its own.</summary>
public sealed class RealKernelTests
{
    private const string Id = "ab12cd34";

    [Fact]
    public async Task Netem_delays_and_is_gone_after_the_duration()
    {
        using var place = new NetworkNamespaces();
        Assert.SkipUnless(place.HasNetem(), "this kernel has no netem");

        using var agent = AgentProcess.Start(Words("3s"), null, place.Near);

        (await agent.NextAsync()).GetProperty("addedDelayMs").GetDouble().ShouldBe(300, 60);
        Text(await agent.NextAsync(), "state").ShouldBe("reverted");
        (await agent.ExitAsync()).ShouldBe(0);
        NothingIsLeft(place);
    }

    [Fact]
    public async Task Without_netem_it_refuses_and_leaves_nothing()
    {
        using var place = new NetworkNamespaces();
        Assert.SkipWhen(place.HasNetem(), "this kernel has netem");

        var evidence = await AgentProcess.RunAsync(Words("3s"), null, place.Near);

        Text(evidence, "state").ShouldBe("refused");
        Text(evidence, "reason").ShouldContain("qdisc kind is unknown");
        NothingIsLeft(place);
    }

    [Fact]
    public async Task Killed_with_9_its_fault_ends_by_the_kernels_own_timeout()
    {
        using var place = new NetworkNamespaces();
        var environment = place.NetemStandIn();
        using var agent = AgentProcess.Start(Words("10s"), environment, place.Near);
        Text(await agent.NextAsync(), "state").ShouldBe("active");
        var (sent, waiting) = place.SlowClass();
        (sent + waiting).ShouldBeGreaterThan(0);

        agent.Kill();

        // Nobody of ours lives, and another connection's packets still go the slow way.
        await StatusAsync(place);
        (place.SlowClass() is var now ? now.Sent + now.Waiting : 0).ShouldBeGreaterThan(sent + waiting);
        await UntilAsync(async () => (await StatusAsync(place)).GetProperty("remainingMs").GetInt64() == 0);
        await UntilAsync(() => Task.FromResult(place.SlowClass().Waiting == 0));
        var slowed = place.SlowClass().Sent;
        slowed.ShouldBeGreaterThan(0);
        // Counted by the kernel, not timed: not one packet of another three connections is slow any more.
        Text(await StatusAsync(place), "state").ShouldBe("leaked");
        place.SlowClass().ShouldBe((slowed, 0));
        Text(await AgentProcess.RunAsync($"revert --id {Id}", null, place.Near), "state").ShouldBe("reverted");
        NothingIsLeft(place);
    }

    [Fact]
    public async Task A_signal_reverts_and_proves_it()
    {
        using var place = new NetworkNamespaces();
        using var agent = AgentProcess.Start(Words("30s"), place.NetemStandIn(), place.Near);
        Text(await agent.NextAsync(), "state").ShouldBe("active");

        await agent.TerminateAsync();

        Text(await agent.NextAsync(), "state").ShouldBe("reverted");
        (await agent.ExitAsync()).ShouldBe(0);
        NothingIsLeft(place);
    }

    [Fact]
    public async Task A_foreign_root_qdisc_is_refused_and_left_alone()
    {
        using var place = new NetworkNamespaces();
        place.InNear("tc", "qdisc", "add", "dev", "eth0", "root", "handle", "1:", "htb");

        var evidence = await AgentProcess.RunAsync(Words("3s"), place.NetemStandIn(), place.Near);

        Text(evidence, "state").ShouldBe("refused");
        place.InNear("tc", "qdisc", "show", "dev", "eth0").ShouldContain("htb 1: root");
    }

    private static string Words(string duration) =>
        $"inject --id {Id} --delay 300ms --to {NetworkNamespaces.Peer} --duration {duration} --deadline-in 60s --not-after {AgentProcess.InSeconds(30)} --probe {NetworkNamespaces.Probe}";

    private static Task<JsonElement> StatusAsync(NetworkNamespaces place) =>
        AgentProcess.RunAsync($"status --id {Id} --probe {NetworkNamespaces.Probe}", null, place.Near);

    private static string Text(JsonElement evidence, string name) => evidence.GetProperty(name).GetString()!;

    private static void NothingIsLeft(NetworkNamespaces place)
    {
        place.InNear("nft", "list", "tables").ShouldBeEmpty();
        place.InNear("tc", "qdisc", "show", "dev", "eth0").ShouldStartWith("qdisc noqueue 0:");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(300);
            await Task.Delay(100);
        }
    }
}

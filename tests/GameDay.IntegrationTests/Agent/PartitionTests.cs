using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;
using static GameDay.IntegrationTests.Agent.KernelWords;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The agent's partition in the real kernel.</summary>
public sealed class PartitionTests
{
    private const string ToPeer = $"--drop --to {NetworkNamespaces.Peer}";

    [Fact]
    public async Task It_cuts_an_established_flow_refuses_new_ones_and_both_come_back()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        await flow.EchoAsync();
        var (agent, active) = await InjectAsync(place, ToPeer);
        using var _ = agent;

        active.Text("measuredBy").ShouldBe("connect");
        active.GetProperty("lost").GetInt32().ShouldBe(active.GetProperty("attempts").GetInt32());
        var before = server.Received;
        var echo = flow.EchoAsync();
        await UntilAsync(async () => (await StatusAsync(place)).GetProperty("dropped").GetInt64() > active.GetProperty("dropped").GetInt64());
        server.Received.ShouldBe(before);

        await agent.TerminateAsync();
        (await agent.NextAsync()).Text("state").ShouldBe("reverted");
        await echo;
        await VisitAsync(place, 8080);
        NothingIsLeft(place);
    }

    [Fact, Trait("Rule", "3")]
    public async Task Rule_3_with_the_agent_killed_the_kernels_timeout_lets_everything_through()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        var (agent, _) = await InjectAsync(place, ToPeer, "12s");
        using var __ = agent;

        agent.Kill();

        (await StatusAsync(place)).Text("state").ShouldBe("active");
        await flow.EchoAsync();
        await VisitAsync(place, 8080);
        var inert = await StatusAsync(place);
        inert.Text("state").ShouldBe("leaked");
        inert.Text("reason").ShouldContain("inert");
        (await RevertAsync(place)).Text("state").ShouldBe("reverted");
        NothingIsLeft(place);
    }

    [Fact]
    public async Task With_a_port_only_that_port_is_cut()
    {
        using var place = new NetworkNamespaces();
        using var cut = place.Echo(8080);
        using var open = place.Echo(9090);
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        var (agent, _) = await InjectAsync(place, $"{ToPeer} --port 8080");
        using var __ = agent;

        await VisitAsync(place, 9090);

        var echo = flow.EchoAsync();
        (await Task.WhenAny(echo, Task.Delay(1000))).ShouldNotBe(echo);
    }

    [Fact]
    public async Task Without_peers_all_is_cut_but_gateway_and_never_addresses()
    {
        using var place = new NetworkNamespaces();
        place.AddFarAddress("10.77.0.3");
        place.AddGateway("10.77.0.4");
        using var server = place.Echo(8080);
        var (agent, active) = await InjectAsync(place, "--drop --never 10.77.0.3");
        using var _ = agent;

        active.Text("measuredBy").ShouldBe("connect");
        foreach (var spared in new[] { "10.77.0.3", "10.77.0.4" })
            (await place.ConnectAsync(spared, 8080)).Dispose();
        await Should.ThrowAsync<OperationCanceledException>(async () => await TryAsync(place));
    }

    [Fact]
    public async Task Without_peers_an_IPv6_gateway_is_still_found_by_its_neighbours()
    {
        using var place = new NetworkNamespaces();
        place.AddGateway6("fd00::4");
        using var server = place.Echo(8080, "::");
        var (agent, active) = await InjectAsync(place, "--drop");
        using var _ = agent;

        active.Text("measuredBy").ShouldBe("connect");
        place.InNear("ip", "-6", "neigh", "flush", "dev", "eth0");
        (await place.ConnectAsync("fd00::4", 8080)).Dispose();
    }

    [Theory]
    [InlineData("--drop --to 10.77.0.2,10.77.0.4")]
    [InlineData("--drop --to 10.77.0.2,10.77.0.3 --never 10.77.0.3")]
    [InlineData("--rate 64kbit --to 10.77.0.4")]
    public async Task A_peer_that_is_never_touched_is_a_refusal(string effect)
    {
        using var place = new NetworkNamespaces();
        place.AddGateway("10.77.0.4");

        (await RefusalAsync(place, effect)).ShouldContain("is never touched");
    }

    private static async Task TryAsync(NetworkNamespaces place)
    {
        using var socket = place.NearSocket();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(NetworkNamespaces.Peer), 8080), giveUp.Token);
    }
}

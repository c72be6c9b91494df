using System.Net.Sockets;
using Shouldly;
using Xunit;
using static GameDay.IntegrationTests.Agent.KernelWords;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The transparent delay proxy against the real kernel: conntrack, redirects and owner tables.</summary>
[Trait("Rule", "4")]
public sealed class DelayProxyTests
{
    private const double Held = 800;

    // Two clocks, a timer's tick and rounding lie between what was asked and what a stopwatch says.
    private const double Measured = Held - 100;
    private const string Proxy = $"--delay 800ms --by proxy --port 8080 --to {NetworkNamespaces.Peer}";

    [Fact]
    public async Task It_delays_the_port_and_no_other_and_is_gone_after_the_signal()
    {
        using var place = new NetworkNamespaces();
        using var slow = place.Echo(8080);
        using var quick = place.Echo(9090);
        var (agent, active) = await InjectAsync(place, Proxy);
        using var _ = agent;

        active.GetProperty("addedDelayMs").GetDouble().ShouldBeGreaterThan(Measured);
        active.Text("measuredBy").ShouldBe("connect");
        (await VisitAsync(place, 8080)).ShouldBeGreaterThan(Measured);
        using (var kept = await place.ConnectAsync(NetworkNamespaces.Peer, 8080))
        {
            await kept.EchoAsync(100_000);
            (await kept.EchoAsync()).ShouldBeGreaterThan(Measured);
        }
        await UntilAsync(async () => await VisitAsync(place, 9090) < Measured);

        await agent.TerminateAsync();
        (await agent.NextAsync()).Text("state").ShouldBe("reverted");
        await HealedAsync(place);
    }

    [Fact]
    public async Task Rule_4_killed_with_9_its_table_vanishes_and_connections_are_quick_again()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        var (agent, _) = await InjectAsync(place, Proxy);
        using var __ = agent;
        place.TryInNear("", "nft", "delete", "table", "inet", $"gameday_{Id}").Exit.ShouldNotBe(0);

        agent.Kill();

        await HealedAsync(place);
        (await StatusAsync(place)).Text("state").ShouldBe("clean");
    }

    [Fact]
    public async Task Rule_6_another_process_reverts_what_only_the_owner_may_delete()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        var (agent, _) = await InjectAsync(place, Proxy);
        using var __ = agent;

        var reverted = await RevertAsync(place);

        reverted.Text("state").ShouldBe("reverted", reverted.GetRawText());
        (await agent.NextAsync()).Text("state").ShouldBe("reverted");
        (await agent.ExitAsync()).ShouldBe(0);
        await HealedAsync(place);
    }

    [Fact]
    public async Task Only_a_share_of_connections_is_held()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        var (agent, _) = await InjectAsync(place, $"{Proxy} --share 50");
        using var __ = agent;

        await UntilAsync(async () => await VisitAsync(place, 8080) > Measured);
        await UntilAsync(async () => await VisitAsync(place, 8080) < Measured);
    }

    [Fact]
    public async Task A_mesh_that_redirects_already_is_a_refusal()
    {
        using var place = new NetworkNamespaces();
        using (place.ListenNear(15001))
            (await RefusalAsync(place, Proxy)).ShouldContain("15001");
        place.InNear("nft", "add", "table", "ip", "nat");
        place.InNear("nft", "add", "chain", "ip", "nat", "ISTIO_OUTPUT");

        (await RefusalAsync(place, Proxy)).ShouldContain("ISTIO_OUTPUT");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_4_connections_under_way_when_it_ends_are_told_instead_of_hanging(bool killed)
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        var (agent, _) = await InjectAsync(place, Proxy.Replace("800ms", "50s"), probe: $"{NetworkNamespaces.Peer}:9090");
        using var __ = agent;
        var flows = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => place.ConnectAsync(NetworkNamespaces.Peer, 8080)));
        var waiting = flows.Select(flow => flow.EchoAsync()).ToList();

        if (killed)
            agent.Kill();
        else
            await agent.TerminateAsync();

        // Those that meet a proxy on its way out are answered or refused; they, too, do not hang.
        foreach (var _ in waiting)
            await EndsAsync(() => VisitAsync(place, 8080));
        foreach (var answer in waiting)
            await Should.ThrowAsync<SocketException>(() => answer);
        await HealedAsync(place);
    }

    private static async Task EndsAsync(Func<Task> visit)
    {
        try
        {
            await visit();
        }
        catch (SocketException told)
        {
            told.SocketErrorCode.ShouldNotBe(SocketError.TimedOut);
        }
    }

    [Fact]
    public async Task A_connection_that_the_far_side_breaks_breaks_for_the_client_too()
    {
        using var place = new NetworkNamespaces();
        using var server = place.Echo(8080);
        var (agent, _) = await InjectAsync(place, Proxy);
        using var __ = agent;
        using var flow = await place.ConnectAsync(NetworkNamespaces.Peer, 8080);
        await flow.EchoAsync();

        server.Break();

        await Should.ThrowAsync<SocketException>(async () => await flow.EchoAsync());
    }

    private static async Task HealedAsync(NetworkNamespaces place)
    {
        await UntilAsync(() => Task.FromResult(!place.InNear("nft", "list", "tables").Contains("gameday", StringComparison.Ordinal)));
        await UntilAsync(async () => await VisitAsync(place, 8080) < Measured);
        NothingIsLeft(place);
    }
}

using System.Net;
using GameDay.Agent.Network;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Kernel.Nft;
using GameDay.Sandbox.Store;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Kernel;

/// <summary>What the stand-in makes of the tables and qdiscs that the agent writes.</summary>
public sealed class PodKernelTests
{
    private const string Gateway = "10.0.0.1";
    private const string Peer = "10.0.0.2";
    private static readonly Names Names = new("ab12cd34");
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly PodKernel _kernel;

    public PodKernelTests() => _kernel = new PodKernel(_clock, new Random(7), KernelFeatures.Complete, IPAddress.Parse(Gateway));

    [Fact]
    public void A_partition_drops_what_goes_and_what_comes_until_its_timeout()
    {
        Write([Peer], null, Partition.Chains);

        _kernel.Drops(To(Peer)).ShouldBeTrue();
        _kernel.Drops(From(Peer)).ShouldBeTrue();
        _kernel.Drops(To("10.0.0.3")).ShouldBeFalse();
        Dropped().ShouldBe(2);

        _clock.Advance(TimeSpan.FromSeconds(31));
        _kernel.Drops(To(Peer)).ShouldBeFalse();
        _kernel.Drops(From(Peer)).ShouldBeFalse();
    }

    [Fact]
    public void A_partition_of_one_port_leaves_the_others_at_both_ends()
    {
        Write([Peer], 8080, Partition.Chains);

        _kernel.Drops(To(Peer, peerPort: 8080)).ShouldBeTrue();
        _kernel.Drops(To(Peer, localPort: 8080)).ShouldBeTrue();
        _kernel.Drops(From(Peer, peerPort: 8080)).ShouldBeTrue();
        _kernel.Drops(From(Peer, localPort: 8080)).ShouldBeTrue();
        _kernel.Drops(To(Peer, peerPort: 80, localPort: 40000)).ShouldBeFalse();
        _kernel.Drops(From(Peer, peerPort: 40000, localPort: 80)).ShouldBeFalse();
    }

    [Fact]
    public void Without_peers_everything_is_cut_but_the_protected()
    {
        Write([], null, Partition.Chains);

        _kernel.Drops(To("192.0.2.9")).ShouldBeTrue();
        _kernel.Drops(From("192.0.2.9")).ShouldBeTrue();
        _kernel.Drops(To(Gateway)).ShouldBeFalse();
        _kernel.Drops(From(Gateway)).ShouldBeFalse();
    }

    [Fact]
    public void Loss_loses_handshakes_and_makes_TCP_send_again()
    {
        Place("netem limit 100000 loss 50%");

        Enumerable.Range(0, 200).Count(_ => _kernel.Loses(To(Peer))).ShouldBeInRange(60, 140);
        var holds = Enumerable.Range(0, 200).Select(_ => _kernel.Hold(To(Peer), 100)).ToList();
        holds.Count(hold => hold >= TimeSpan.FromMilliseconds(200)).ShouldBeInRange(60, 140);
        _kernel.Loses(To("10.0.0.3")).ShouldBeFalse();
        _kernel.Hold(To("10.0.0.3"), 100).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_rate_makes_bytes_wait_behind_one_another_and_is_counted()
    {
        Place("tbf rate 80000bit burst 10000 latency 500ms");

        _kernel.Hold(To(Peer), 10_000).ShouldBe(TimeSpan.Zero);
        _kernel.Hold(To(Peer), 10_000).ShouldBe(TimeSpan.FromSeconds(1));
        _kernel.Hold(To(Peer), 10_000).ShouldBe(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _kernel.Hold(To(Peer), 10_000).ShouldBe(TimeSpan.Zero);

        var leaf = Counted("tbf");
        (leaf.Number("packets"), leaf.Number("overlimits")).ShouldBe((28, 2));
    }

    [Fact]
    public void Reordering_lets_its_share_overtake()
    {
        Place("netem limit 100000 delay 10ms reorder 25%");

        Enumerable.Range(0, 200).Count(_ => _kernel.Hold(To(Peer), 100) == TimeSpan.Zero).ShouldBeInRange(25, 80);
    }

    [Theory]
    [InlineData("netem limit 100000 corrupt 0.5%")]
    [InlineData("netem limit 100000 duplicate 5%")]
    [InlineData("netem limit 100000 delay 400ms 20ms")]
    public void The_deadline_is_the_kernels(string leaf)
    {
        Place(leaf);
        _kernel.Hold(To(Peer), 100);
        Counted("netem").Number("packets").ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(31));

        _kernel.Hold(To(Peer), 100).ShouldBe(TimeSpan.Zero);
        Counted("netem").Number("packets").ShouldBe(1);
    }

    [Fact]
    public void The_default_route_names_the_gateway() =>
        _kernel.Run("ip", ["-j", "-4", "route", "show", "default"], null).Stdout.ShouldContain($"\"gateway\":\"{Gateway}\"");

    private static Packet To(string peer, int peerPort = 80, int localPort = 40000) => new(false, IPAddress.Parse(peer), peerPort, localPort);

    private static Packet From(string peer, int peerPort = 80, int localPort = 40000) => new(true, IPAddress.Parse(peer), peerPort, localPort);

    private void Place(string leaf)
    {
        Run("tc", ["qdisc", "add", "dev", "eth0", "root", "handle", Names.Handle, "htb", "default", "0", "direct_qlen", "1000"]);
        Run("tc", ["class", "add", "dev", "eth0", "parent", Names.Handle, "classid", Names.ClassId, "htb", "rate", "100gbit", "quantum", "60000"]);
        Run("tc", ["qdisc", "add", "dev", "eth0", "parent", Names.ClassId, .. leaf.Split(' ')]);
        Write([Peer], null, [Shaping.MarkOutgoing(Names)]);
    }

    private void Write(string[] peers, int? port, IReadOnlyList<TableChain> chains)
    {
        var scope = new Scope([.. peers.Select(IPAddress.Parse)], port, [IPAddress.Parse(Gateway)]);
        Run("nft", ["-f", "-"], new TimedTable(Names, scope, "eth0", TimeSpan.FromSeconds(30), chains).Script());
    }

    private void Run(string program, string[] args, string? stdin = null)
    {
        var answer = _kernel.Run(program, args, stdin);
        answer.Exit.ShouldBe(0, answer.Stderr);
    }

    private long? Dropped() => NftJson.Table(_kernel.Run("nft", ["-j", "list", "table", "inet", Names.Table], null).Stdout).Dropped;

    private System.Text.Json.Nodes.JsonNode? Counted(string kind) =>
        System.Text.Json.Nodes.JsonNode.Parse(_kernel.Run("tc", ["-s", "-j", "qdisc", "show"], null).Stdout)!.AsArray().Single(row => row.Text("kind") == kind);
}

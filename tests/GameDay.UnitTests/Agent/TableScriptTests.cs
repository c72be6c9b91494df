using System.Net;
using GameDay.Agent.Network;
using GameDay.Agent.Network.Proxy;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class TableScriptTests
{
    private static readonly Names Names = new("ab12cd34");

    [Fact]
    public void A_partition_drops_both_directions_through_timed_sets_and_spares_the_protected_first() =>
        Script(new(Addresses("10.0.0.2", "fd00::7"), 8080, Addresses("10.0.0.1")), Partition.Chains).ShouldBe("""
            create table inet gameday_ab12cd34
            table inet gameday_ab12cd34 {
              set peers4 { type ipv4_addr; flags timeout; elements = { 10.0.0.2 timeout 30500ms }; }
              set never4 { type ipv4_addr; elements = { 10.0.0.1 }; }
              set peers6 { type ipv6_addr; flags timeout; elements = { fd00::7 timeout 30500ms }; }
              chain out {
                type filter hook output priority mangle; policy accept;
                ip daddr @never4 accept;
                ip daddr @peers4 tcp dport 8080 counter drop;
                ip daddr @peers4 tcp sport 8080 counter drop;
                ip6 daddr @peers6 tcp dport 8080 counter drop;
                ip6 daddr @peers6 tcp sport 8080 counter drop;
              }
              chain in {
                type filter hook input priority mangle; policy accept;
                ip saddr @never4 accept;
                ip saddr @peers4 tcp dport 8080 counter drop;
                ip saddr @peers4 tcp sport 8080 counter drop;
                ip6 saddr @peers6 tcp dport 8080 counter drop;
                ip6 saddr @peers6 tcp sport 8080 counter drop;
              }
            }

            """);

    [Fact]
    public void Without_peers_the_default_device_is_the_timed_element() =>
        Script(new([], null, Addresses("10.0.0.1", "fd00::1")), [Shaping.MarkOutgoing(Names)]).ShouldBe("""
            create table inet gameday_ab12cd34
            table inet gameday_ab12cd34 {
              set never4 { type ipv4_addr; elements = { 10.0.0.1 }; }
              set never6 { type ipv6_addr; elements = { fd00::1 }; }
              set links { type ifname; flags timeout; elements = { "eth0" timeout 30500ms }; }
              chain out {
                type filter hook output priority mangle; policy accept;
                ip daddr @never4 accept;
                ip6 daddr @never6 accept;
                oifname @links meta priority set 0x3b120002;
              }
            }

            """);

    [Fact]
    public void A_spared_neighbour_of_IPv6_can_still_be_asked_for() =>
        new Scope([], null, []).Sparing(Addresses("fd00::12:3456", "10.0.0.1")).Never.ShouldBe(Addresses("fd00::12:3456", "10.0.0.1", "ff02::1:ff12:3456"));

    [Fact, Trait("Rule", "4")]
    public void Rule_4_the_redirect_is_owned_timed_and_passes_the_proxys_own_connections_first()
    {
        var proxy = new DelayProxy(TimeSpan.FromMilliseconds(400), Share: 25);
        var table = new TimedTable(Names, new(Addresses("10.0.0.2"), 8080, Addresses("10.0.0.1")), "eth0", TimeSpan.FromSeconds(30.5), [proxy.Redirect(Names, 4444)], Owned: true);

        table.Script().ShouldBe("""
            table inet gameday_ab12cd34 {
              flags owner;
              set peers4 { type ipv4_addr; flags timeout; elements = { 10.0.0.2 timeout 30500ms }; }
              set never4 { type ipv4_addr; elements = { 10.0.0.1 }; }
              chain out {
                type nat hook output priority -100; policy accept;
                meta mark 0x3b120003 accept;
                ip daddr @never4 accept;
                ip daddr @peers4 tcp dport 8080 numgen random mod 100 < 25 redirect to :4444;
              }
            }

            """);
    }

    [Fact, Trait("Rule", "3")]
    public void Rule_3_every_rule_that_does_something_matches_through_a_set_with_a_timeout()
    {
        foreach (var chains in new[] { Partition.Chains, [Shaping.MarkOutgoing(Names)] })
        {
            foreach (var scope in new Scope[] { new(Addresses("10.0.0.2", "fd00::7"), 80, Addresses("10.0.0.1")), new([], null, []) })
            {
                var lines = Script(scope, chains).Split('\n', StringSplitOptions.TrimEntries);
                lines.Where(line => line.EndsWith("drop;", StringComparison.Ordinal) || line.Contains("priority set", StringComparison.Ordinal))
                    .ShouldAllBe(line => line.Contains("@peers", StringComparison.Ordinal) || line.Contains("@links", StringComparison.Ordinal));
                lines.Where(line => line.StartsWith("set peers", StringComparison.Ordinal) || line.StartsWith("set links", StringComparison.Ordinal))
                    .ShouldAllBe(line => line.Contains("timeout 30500ms", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("loss", "30", "netem limit 100000 loss 30%", "loss 30%")]
    [InlineData("duplicate", "5%", "netem limit 100000 duplicate 5%", "duplicate 5%")]
    [InlineData("corrupt", "0.5", "netem limit 100000 corrupt 0.5%", "corrupt 0.5%")]
    [InlineData("reorder", "25", "netem limit 100000 delay 10ms reorder 25%", "reorder 25%, others held 10ms")]
    [InlineData("rate", "64kbit", "tbf rate 64000bit burst 10000 latency 500ms", "rate 64kbit")]
    [InlineData("rate", "1gbit", "tbf rate 1000000000bit burst 500000 latency 500ms", "rate 1gbit")]
    [InlineData("delay", "400ms", "netem limit 100000 delay 400ms", "delay 400ms")]
    public void Each_effect_is_one_qdisc_behind_the_marked_class(string option, string value, string leaf, string says)
    {
        var effect = (Shaping)NetworkEffects.Read(GameDay.Agent.Options.CommandLine.Parse(["inject", $"--{option}", value]));

        string.Join(' ', effect.Leaf).ShouldBe(leaf);
        effect.Says.ShouldBe(says);
    }

    private static string Script(Scope scope, IReadOnlyList<TableChain> chains) =>
        new TimedTable(Names, scope, "eth0", TimeSpan.FromSeconds(30.5), chains).Script();

    private static IPAddress[] Addresses(params string[] texts) => [.. texts.Select(IPAddress.Parse)];
}

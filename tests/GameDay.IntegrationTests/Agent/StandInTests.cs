using System.Text.Json.Nodes;
using GameDay.Agent.Network;
using GameDay.Sandbox.Kernel;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Agent;

/// <summary>The sandbox's stand-in kernel answers as the real tools do: the same calls to both, the answers compared.</summary>
public sealed class StandInTests
{
    private static readonly Names Names = new("ab12cd34");
    private readonly PodKernel _standIn = new(TimeProvider.System, new Random(1), KernelFeatures.Complete);

    [Fact]
    public void Nft_lists_and_refuses_alike()
    {
        using var place = new NetworkNamespaces();
        var script = new TimedTable(Names, new Scope([.. Addresses], 8080, []), "eth0", TimeSpan.FromSeconds(30.5), [Shaping.MarkOutgoing(Names)]).Script();

        Same(place, script, "nft", "-f", "-");
        Same(place, script, "nft", "-f", "-");
        Same(place, "", "nft", "-j", "list", "tables");
        Same(place, "", "nft", "-j", "list", "table", "inet", Names.Table);
        Same(place, "", "nft", "-j", "list", "table", "inet", "gameday_other");
        Same(place, "", "nft", "delete", "table", "inet", "gameday_other");
        Same(place, "", "nft", "delete", "table", "inet", Names.Table);
        Same(place, "", "nft", "-j", "list", "tables");
        Same(place, "table inet x {", "nft", "-f", "-");
        Same(place, "table inet x { chain out { type filter hook output priority mangle; ip daddr @nobody drop; }\n}\n", "nft", "-f", "-");
    }

    [Theory]
    [InlineData(8080)]
    [InlineData(null)]
    public void A_cut_is_listed_alike(int? port)
    {
        using var place = new NetworkNamespaces();
        var scope = new Scope(port is null ? [] : [.. Addresses], port, [System.Net.IPAddress.Parse("10.77.0.9")]);

        Same(place, new TimedTable(Names, scope, "eth0", TimeSpan.FromSeconds(30.5), Partition.Chains).Script(), "nft", "-f", "-");
        Same(place, "", "nft", "-j", "list", "table", "inet", Names.Table);
    }

    [Fact]
    public void Tc_lists_and_refuses_alike()
    {
        using var place = new NetworkNamespaces();

        Same(place, "", "tc", "-j", "qdisc", "show", "dev", "eth0");
        Same(place, "", "tc", "qdisc", "del", "dev", "eth0", "root");
        Same(place, "", "tc", "class", "add", "dev", "eth0", "parent", Names.Handle, "classid", Names.ClassId, "htb", "rate", "100gbit");
        Same(place, "", "tc", "qdisc", "add", "dev", "eth0", "root", "handle", Names.Handle, "htb", "default", "0", "direct_qlen", "1000");
        Same(place, "", "tc", "qdisc", "add", "dev", "eth0", "root", "handle", Names.Handle, "htb", "default", "0");
        Same(place, "", "tc", "class", "add", "dev", "eth0", "parent", Names.Handle, "classid", Names.ClassId, "htb", "rate", "100gbit", "quantum", "60000");
        Same(place, "", "tc", "qdisc", "add", "dev", "eth0", "parent", Names.ClassId, "tbf", "rate", "1mbit", "burst", "4k", "latency", "50ms");
        Same(place, "", "tc", "-j", "qdisc", "show", "dev", "eth0");
        Same(place, "", "tc", "qdisc", "add", "dev", "eth0", "parent", Names.ClassId, "nonsense");
        Same(place, "", "tc", "qdisc", "del", "dev", "eth0", "root");
        Same(place, "", "tc", "-j", "qdisc", "show", "dev", "eth0");
        Same(place, "", "tc", "qdisc", "add", "dev", "eth9", "root", "htb");
    }

    [Fact]
    public void A_route_leaves_by_the_pods_device()
    {
        using var place = new NetworkNamespaces();

        Same(place, "", "ip", "-j", "route", "get", NetworkNamespaces.Peer);
        Same(place, "", "ip", "-j", "-4", "route", "show", "default");
        Same(place, "", "ip", "-j", "-6", "route", "show", "default");
    }

    private static IEnumerable<System.Net.IPAddress> Addresses =>
        [System.Net.IPAddress.Parse("10.77.0.2"), System.Net.IPAddress.Parse("10.96.0.9"), System.Net.IPAddress.Parse("fd00::7")];

    private void Same(NetworkNamespaces place, string stdin, params string[] words)
    {
        var real = place.TryInNear(stdin, words);
        var ours = _standIn.Run(words[0], words[1..], stdin);

        var call = string.Join(' ', words);
        ours.Exit.ShouldBe(real.Exit, $"{call}: {real.Stderr} / {ours.Stderr}");
        if (real.Exit != 0)
            Cause(ours.Stderr).ShouldBe(Cause(real.Stderr), call);
        else if (real.Stdout.Length > 0)
            Shape(ours.Stdout).ShouldBe(Shape(real.Stdout), call);
    }

    // The first line without where in the text it happened, which only nft knows exactly.
    private static string Cause(string stderr)
    {
        var line = stderr.Split('\n')[0];
        var error = line.IndexOf("Error:", StringComparison.Ordinal);
        var cause = error >= 0 ? line[error..] : line;
        return cause.StartsWith("Error: syntax error", StringComparison.Ordinal) ? "Error: syntax error" : cause;
    }

    private static string Shape(string json)
    {
        var node = JsonNode.Parse(json)!;
        Forget(node);
        return node.ToJsonString();
    }

    // What differs between two kernels that agree: handles, counters, tool versions, a second of clock, options nobody reads.
    private static void Forget(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                    Forget(item);
                break;
            case JsonObject thing:
                if (!thing.ContainsKey("kind") || thing.ContainsKey("parent"))
                    thing.Remove("handle");
                foreach (var name in new[] { "metainfo", "expires", "options", "refcnt", "prefsrc", "packets", "bytes" })
                    thing.Remove(name);
                foreach (var (_, value) in thing)
                    Forget(value);
                break;
        }
    }
}

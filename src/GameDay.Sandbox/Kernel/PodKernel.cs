using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Kernel.Nft;
using GameDay.Sandbox.Kernel.Tc;

namespace GameDay.Sandbox.Kernel;

/// <summary>One pod's network namespace: what the agent's tools wrote, and what it does to packets now.</summary>
/// <param name="gateway">Of the default route; null for a namespace without one.</param>
public sealed class PodKernel(TimeProvider clock, Random chance, KernelFeatures features, IPAddress? gateway = null)
{
    private const int SegmentBytes = 1448;
    private static readonly TimeSpan FirstResend = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastResend = TimeSpan.FromSeconds(30);
    private readonly Lock _writing = new();
    private readonly long _born = clock.GetTimestamp();
    private volatile NftRuleset _ruleset = NftRuleset.Empty;
    private volatile Qdiscs _qdiscs = Qdiscs.None;

    private TimeSpan Now => clock.GetElapsedTime(_born);

    /// <summary>Interprets one call of <c>nft</c>, <c>tc</c> or <c>ip</c>.</summary>
    public ToolAnswer Run(string program, IReadOnlyList<string> args, string? stdin)
    {
        if (program == "unshare")
            return TryElsewhere(args);
        if (!features.Programs.Contains(program))
            return new ToolAnswer(127, "", $"{program}: not found\n");
        lock (_writing)
        {
            try
            {
                return Interpret(program, args, stdin);
            }
            catch (ToolRefusal refusal)
            {
                return new ToolAnswer(refusal.Exit, "", refusal.Message);
            }
        }
    }

    /// <summary>How long a packet leaving for this destination waits now.</summary>
    public TimeSpan EgressDelay(IPAddress destination, int port) =>
        Effect(new Packet(false, destination, port, 0)) is { Leaf.Netem: { } netem } ? Delay(netem) : TimeSpan.Zero;

    /// <summary>Whether a packet is dropped now by a rule.</summary>
    public bool Drops(Packet packet) => _ruleset.Judge(packet, Now).Dropped;

    /// <summary>Whether a single packet that leaves is lost now by chance.</summary>
    public bool Loses(Packet packet) => Effect(packet) is { Leaf: { Netem: { } netem } leaf } && Lost(netem, leaf.Counters);

    /// <summary>
    /// How long written bytes wait: what netem delays, what a rate holds back, and what TCP needs to send lost packets again.
    /// </summary>
    public TimeSpan Hold(Packet packet, int bytes)
    {
        var (room, leaf) = Effect(packet);
        if (leaf is null)
            return TimeSpan.Zero;
        var packets = Math.Max(1, (bytes + SegmentBytes - 1) / SegmentBytes);
        leaf.Counters.Sent(packets, bytes);
        var wait = leaf.Netem is { } netem ? Delay(netem) + Resent(netem, leaf.Counters, packets) : TimeSpan.Zero;
        foreach (var bucket in new[] { room?.Rate, leaf.Rate }.OfType<TokenBucket>())
        {
            var turn = bucket.Take(bytes, Now);
            if (turn > TimeSpan.Zero)
                leaf.Counters.Waited();
            wait += turn;
        }
        return wait;
    }

    /// <summary>The state for a judge: tables as nft lists them, qdiscs as tc does.</summary>
    public JsonObject Describe()
    {
        var (ruleset, qdiscs) = (_ruleset, _qdiscs);
        return new JsonObject
        {
            ["tables"] = new JsonArray([.. ruleset.Tables.Select(table => NftListing.Table(table, Now)["nftables"]!.DeepClone())]),
            ["qdiscs"] = JsonNode.Parse(TcListing.All(qdiscs)),
        };
    }

    // A qdisc tried in a namespace that lives only for the call: nothing of it stays.
    private ToolAnswer TryElsewhere(IReadOnlyList<string> args) => args.ToArray() switch
    {
        [_, "tc", "qdisc", "add", "dev", "lo", "root", var kind, ..] => Knows(kind),
        [_, _, "tc", "qdisc", "add", "dev", "lo", "root", var kind, ..] => Knows(kind),
        _ => new ToolAnswer(1, "", $"unshare: unrecognized option '{string.Join(' ', args)}'\n"),
    };

    private ToolAnswer Knows(string kind) =>
        features.Qdiscs.Contains(kind) ? ToolAnswer.Done : new ToolAnswer(2, "", "Error: Specified qdisc kind is unknown.\n");

    private ToolAnswer Interpret(string program, IReadOnlyList<string> args, string? stdin)
    {
        switch (program)
        {
            case "nft":
                (var said, _ruleset) = NftProgram.Run(_ruleset, args, stdin, Now);
                return said;
            case "tc":
                (var answered, _qdiscs) = TcProgram.Run(_qdiscs, args, features);
                return answered;
            default:
                return PodDevices.Ip(args, gateway);
        }
    }

    private (QdiscClass? Room, Qdisc? Leaf) Effect(Packet packet)
    {
        var (ruleset, qdiscs) = (_ruleset, _qdiscs);
        return qdiscs.All.IsEmpty || ruleset.Judge(packet, Now).Mark is not { } mark ? (null, null) : qdiscs.Path(mark);
    }

    private TimeSpan Delay(NetemOptions netem) =>
        netem.Delay is not { } delay || (netem.Reorder > 0 && Chance() < netem.Reorder) ? TimeSpan.Zero
        : netem.Jitter > TimeSpan.Zero ? delay + (netem.Jitter * ((Chance() * 2) - 1))
        : delay;

    // A corrupted segment fails its checksum at the receiver: to TCP it is as lost as a lost one.
    private bool Lost(NetemOptions netem, QdiscCounters counters)
    {
        if (netem.Loss > 0 && Chance() < netem.Loss)
        {
            counters.Dropped();
            return true;
        }
        return netem.Corrupt > 0 && Chance() < netem.Corrupt;
    }

    // Each lost segment is sent again after 0.2, 0.4, 0.8 … s, and what comes after it waits.
    private TimeSpan Resent(NetemOptions netem, QdiscCounters counters, int packets)
    {
        var longest = TimeSpan.Zero;
        for (var packet = 0; packet < packets && netem.Loss + netem.Corrupt > 0; packet++)
        {
            var waited = TimeSpan.Zero;
            for (var retry = FirstResend; Lost(netem, counters) && retry <= LastResend; retry *= 2)
                waited += retry;
            longest = waited > longest ? waited : longest;
        }
        return longest;
    }

    private double Chance()
    {
        lock (_writing)
            return chance.NextDouble();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Kernel.Nft;
using GameDay.Sandbox.Kernel.Tc;

namespace GameDay.Sandbox.Kernel;

/// <summary>One pod's network namespace: what the agent's tools wrote, and what it does to packets now.</summary>
public sealed class PodKernel(TimeProvider clock, Random chance, KernelFeatures features)
{
    private readonly Lock _writing = new();
    private readonly long _born = clock.GetTimestamp();
    private volatile NftRuleset _ruleset = NftRuleset.Empty;
    private volatile Qdiscs _qdiscs = Qdiscs.None;

    private TimeSpan Now => clock.GetElapsedTime(_born);

    /// <summary>Interprets one call of <c>nft</c>, <c>tc</c> or <c>ip</c>.</summary>
    public ToolAnswer Run(string program, IReadOnlyList<string> args, string? stdin)
    {
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
    public TimeSpan EgressDelay(IPAddress destination, int port)
    {
        var (ruleset, qdiscs) = (_ruleset, _qdiscs);
        if (ruleset.Tables.IsEmpty || qdiscs.All.IsEmpty)
            return TimeSpan.Zero;
        var marked = ruleset.Matching(new Packet(destination, port), Now).LastOrDefault(rule => !rule.Drops);
        return marked?.Mark is { } mark && qdiscs.Leaf(mark) is { Delay: { } delay } netem ? Spread(delay, netem.Jitter) : TimeSpan.Zero;
    }

    /// <summary>Whether a packet leaving for this destination is dropped now.</summary>
    public bool Drops(IPAddress destination, int port)
    {
        var ruleset = _ruleset;
        return !ruleset.Tables.IsEmpty && ruleset.Matching(new Packet(destination, port), Now).Any(rule => rule.Drops);
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
                return PodDevices.Ip(args);
        }
    }

    private TimeSpan Spread(TimeSpan delay, TimeSpan jitter)
    {
        if (jitter <= TimeSpan.Zero)
            return delay;
        lock (_writing)
            return delay + (jitter * ((chance.NextDouble() * 2) - 1));
    }
}

using System.Collections.Immutable;
using System.Net;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>A packet of TCP as its pod's kernel meets it.</summary>
/// <param name="Peer">Where it goes, or where it comes from.</param>
/// <param name="LocalPort">The pod's own end; 0 where it is not known yet.</param>
public sealed record Packet(bool Incoming, IPAddress Peer, int PeerPort, int LocalPort)
{
    public string Hook => Incoming ? "input" : "output";

    public int? Port(string field) => (field == "dport") == Incoming ? LocalPort : PeerPort;
}

/// <summary>What the chains made of a packet.</summary>
public sealed record Fate(bool Dropped, uint? Mark);

/// <summary>All tables of one network namespace.</summary>
public sealed record NftRuleset(ImmutableList<NftTable> Tables, int NextHandle)
{
    public static readonly NftRuleset Empty = new([], 1);
    private static readonly Fate Untouched = new(false, null);

    public NftTable? Find(string family, string name) => Tables.Find(t => t.Family == family && t.Name == name);

    /// <summary>Sends a packet through the chains of its hook. As in the kernel, accept ends only the chain it is in, drop ends all.</summary>
    public Fate Judge(Packet packet, TimeSpan now)
    {
        if (Tables.IsEmpty)
            return Untouched;
        uint? mark = null;
        foreach (var (table, chain) in Tables.SelectMany(table => table.Chains, (table, chain) => (table, chain)).Where(met => met.chain.Hook == packet.Hook).OrderBy(met => met.chain.Priority))
        {
            foreach (var rule in chain.Rules.Where(rule => Matches(table, rule, packet, now)))
            {
                rule.Counter?.Count();
                if (rule.Verdict == NftVerdict.Drop)
                    return new Fate(true, mark);
                if (rule.Verdict == NftVerdict.Accept)
                    break;
                mark = rule.Verdict.Mark;
            }
        }
        return new Fate(false, mark);
    }

    private static bool Matches(NftTable table, NftRule rule, Packet packet, TimeSpan now) =>
        (rule.PortField is null || rule.Port == packet.Port(rule.PortField))
        && Value(rule, packet) is { } value
        && table.Sets.Find(set => set.Name == rule.Set) is { } set
        && set.Contains(value, now);

    // A field of the other direction never matches: the pod's own address is in no set.
    private static string? Value(NftRule rule, Packet packet) => rule.Field switch
    {
        "saddr" or "daddr" => (rule.Field == "saddr") == packet.Incoming && rule.Family == packet.Peer.AddressFamily ? packet.Peer.ToString() : null,
        _ => (rule.Field == "iifname") == packet.Incoming ? DeviceOf(packet.Peer) : null,
    };

    private static string DeviceOf(IPAddress peer) => peer.Equals(IPAddress.Loopback) ? PodDevices.Loopback : PodDevices.Ethernet;
}

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>A table as nft keeps it. Immutable: a script makes a new ruleset and swaps it in whole.</summary>
public sealed record NftTable(string Family, string Name, int Handle)
{
    public ImmutableList<NftSet> Sets { get; init; } = [];

    public ImmutableList<NftChain> Chains { get; init; } = [];
}

/// <summary>A set of addresses, each with the time its element lives.</summary>
public sealed record NftSet(string Name, string Type, bool Timed, int Handle, ImmutableList<NftElement> Elements)
{
    /// <summary>Whether the address is in the set at this moment.</summary>
    public bool Contains(IPAddress address, TimeSpan now) => Elements.Exists(e => e.Address.Equals(address) && e.LivesAt(now));
}

/// <param name="Ends">On the kernel's monotonic clock; null never ends.</param>
public sealed record NftElement(IPAddress Address, TimeSpan? Timeout, TimeSpan? Ends)
{
    public bool LivesAt(TimeSpan now) => Ends is null || Ends > now;
}

/// <summary>A chain at a hook.</summary>
public sealed record NftChain(string Name, string Type, string Hook, int Priority, string Policy, int Handle, ImmutableList<NftRule> Rules);

/// <summary>One rule: all that is given must match, then its statement applies.</summary>
/// <param name="Mark">For <c>meta priority set</c>: the packet priority. Null for <c>drop</c>.</param>
public sealed record NftRule(AddressFamily Family, string Field, string Set, int? Port, uint? Mark, int Handle)
{
    public bool Drops => Mark is null;
}

/// <summary>A packet leaving the pod.</summary>
public sealed record Packet(IPAddress Destination, int Port);

/// <summary>All tables of one network namespace.</summary>
public sealed record NftRuleset(ImmutableList<NftTable> Tables, int NextHandle)
{
    public static readonly NftRuleset Empty = new([], 1);

    public NftTable? Find(string family, string name) => Tables.Find(t => t.Family == family && t.Name == name);

    /// <summary>The output rules a packet meets at this moment, in chain order.</summary>
    public IEnumerable<NftRule> Matching(Packet packet, TimeSpan now) =>
        from met in Tables.SelectMany(table => table.Chains, (table, chain) => (table, chain))
        where met.chain.Hook == "output"
        orderby met.chain.Priority
        from rule in met.chain.Rules
        where Matches(met.table, rule, packet, now)
        select rule;

    private static bool Matches(NftTable table, NftRule rule, Packet packet, TimeSpan now) =>
        rule.Field == "daddr"
        && rule.Family == packet.Destination.AddressFamily
        && (rule.Port is null || rule.Port == packet.Port)
        && table.Sets.Find(set => set.Name == rule.Set) is { } set
        && set.Contains(packet.Destination, now);
}

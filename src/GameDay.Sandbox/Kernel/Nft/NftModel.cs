using System.Collections.Immutable;
using System.Net.Sockets;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>A table as nft keeps it. Immutable: a script makes a new ruleset and swaps it in whole.</summary>
public sealed record NftTable(string Family, string Name, int Handle)
{
    public ImmutableList<NftSet> Sets { get; init; } = [];

    public ImmutableList<NftChain> Chains { get; init; } = [];
}

/// <summary>A set of addresses or interface names, each with the time its element lives.</summary>
public sealed record NftSet(string Name, string Type, bool Timed, int Handle, ImmutableList<NftElement> Elements)
{
    /// <summary>Whether the address or name is in the set at this moment.</summary>
    public bool Contains(string value, TimeSpan now) => Elements.Exists(e => e.Value == value && e.LivesAt(now));
}

/// <param name="Ends">On the kernel's monotonic clock; null never ends.</param>
public sealed record NftElement(string Value, TimeSpan? Timeout, TimeSpan? Ends)
{
    public bool LivesAt(TimeSpan now) => Ends is null || Ends > now;
}

/// <summary>A chain at a hook.</summary>
public sealed record NftChain(string Name, string Type, string Hook, int Priority, string Policy, int Handle, ImmutableList<NftRule> Rules);

/// <summary>One rule: all that is given must match, then its verdict applies.</summary>
/// <param name="Family">Of the address that is looked up; null for an interface name.</param>
/// <param name="Field"><c>saddr</c>, <c>daddr</c>, <c>iifname</c> or <c>oifname</c>.</param>
/// <param name="PortField"><c>sport</c> or <c>dport</c>, when there is a port.</param>
/// <param name="Counter">What it counted; null without <c>counter</c>.</param>
public sealed record NftRule(AddressFamily? Family, string Field, string Set, string? PortField, int? Port, NftVerdict Verdict, NftCounter? Counter, int Handle);

/// <summary>What happens to a packet that matches.</summary>
/// <param name="Kind"><c>accept</c> and <c>drop</c> end the chain; <c>mark</c> sets the packet's priority and goes on.</param>
public sealed record NftVerdict(string Kind, uint? Mark = null)
{
    public static readonly NftVerdict Accept = new("accept");

    public static readonly NftVerdict Drop = new("drop");
}

/// <summary>A rule's counter; it outlives the rulesets that the rule is copied through.</summary>
public sealed class NftCounter
{
    private long _packets;

    public long Packets => Interlocked.Read(ref _packets);

    public void Count() => Interlocked.Increment(ref _packets);
}

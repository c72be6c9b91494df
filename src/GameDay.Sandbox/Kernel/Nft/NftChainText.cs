using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>Reads <c>chain NAME { type filter hook output priority mangle; policy accept; RULES }</c>.</summary>
internal sealed class NftChainText(NftTokens tokens, NftTable table)
{
    private static readonly Dictionary<string, int> NamedPriorities = new(StringComparer.Ordinal)
    {
        ["raw"] = -300, ["mangle"] = -150, ["filter"] = 0, ["security"] = 50,
    };

    public NftChain Read(int handle, Func<int> nextHandle)
    {
        var name = tokens.Next();
        tokens.Expect("{");
        tokens.SkipEnds();
        tokens.Expect("type");
        var type = tokens.Next();
        tokens.Expect("hook");
        var hook = tokens.Next();
        tokens.Expect("priority");
        var priority = Priority(tokens.Next());
        tokens.SkipEnds();
        var policy = tokens.Take("policy") ? tokens.Next() : "accept";
        var rules = ImmutableList.CreateBuilder<NftRule>();
        for (tokens.SkipEnds(); !tokens.Take("}"); tokens.SkipEnds())
            rules.Add(Rule(nextHandle()));
        return new NftChain(name, type, hook, priority, policy, handle, rules.ToImmutable());
    }

    private NftRule Rule(int handle)
    {
        var (family, field) = Field();
        var set = SetName();
        var (portField, port) = tokens.Take("tcp") ? Port() : (null, null);
        var counter = tokens.Take("counter") ? new NftCounter() : null;
        return new NftRule(family, field, set, portField, port, Verdict(), counter, handle);
    }

    private (AddressFamily? Family, string Field) Field()
    {
        if (tokens.Peek is "iifname" or "oifname")
            return (null, tokens.Next());
        var family = tokens.Take("ip") ? AddressFamily.InterNetwork
            : tokens.Take("ip6") ? AddressFamily.InterNetworkV6
            : throw tokens.Unexpected();
        return (family, tokens.Peek is "saddr" or "daddr" ? tokens.Next() : throw tokens.Unexpected());
    }

    private (string Field, int? Port) Port()
    {
        var field = tokens.Peek is "sport" or "dport" ? tokens.Next() : throw tokens.Unexpected();
        var port = int.TryParse(tokens.Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw tokens.Unexpected();
        tokens.Next();
        return (field, port);
    }

    private string SetName()
    {
        var word = tokens.Next();
        if (!word.StartsWith('@') || table.Sets.TrueForAll(set => set.Name != word[1..]))
            throw new ToolRefusal(1, $"/dev/stdin: Error: No such file or directory\n{word}\n");
        return word[1..];
    }

    private NftVerdict Verdict()
    {
        if (tokens.Take("drop"))
            return NftVerdict.Drop;
        if (tokens.Take("accept"))
            return NftVerdict.Accept;
        tokens.Expect("meta");
        tokens.Expect("priority");
        tokens.Expect("set");
        var word = tokens.Next();
        return word.StartsWith("0x", StringComparison.Ordinal) && uint.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mark)
            ? new NftVerdict("mark", mark)
            : throw tokens.Unexpected();
    }

    private static int Priority(string word) =>
        NamedPriorities.TryGetValue(word, out var named) || int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out named)
            ? named
            : throw new ToolRefusal(1, $"/dev/stdin: Error: '{word}' is invalid priority in this context\n");
}

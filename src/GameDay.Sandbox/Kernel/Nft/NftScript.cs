using System.Collections.Immutable;
using System.Net;

namespace GameDay.Sandbox.Kernel.Nft;

/// <summary>Reads the text of <c>nft -f -</c> into a new ruleset: all of it or, with an error, none.</summary>
internal sealed class NftScript(NftRuleset before, TimeSpan now)
{
    private ImmutableList<NftTable> _tables = before.Tables;
    private int _handle = before.NextHandle;

    public NftRuleset Apply(string text)
    {
        var tokens = new NftTokens(text);
        for (tokens.SkipEnds(); !tokens.AtEnd; tokens.SkipEnds())
            Statement(tokens);
        return new NftRuleset(_tables, _handle);
    }

    private void Statement(NftTokens tokens)
    {
        switch (tokens.Next())
        {
            case "create":
                tokens.Expect("table");
                Create(tokens.Next(), tokens.Next());
                break;
            case "add":
                tokens.Expect("table");
                Ensure(tokens.Next(), tokens.Next());
                break;
            case "delete":
                tokens.Expect("table");
                Delete(tokens.Next(), tokens.Next());
                break;
            case "table":
                Block(tokens);
                break;
            default:
                throw tokens.Unexpected();
        }
    }

    private void Create(string family, string name)
    {
        if (Find(family, name) is not null)
            throw NftError.Processing("File exists", $"create table {family} {name}");
        Ensure(family, name);
    }

    private NftTable Ensure(string family, string name)
    {
        if (family is not ("inet" or "ip" or "ip6"))
            throw new ToolRefusal(1, $"/dev/stdin: Error: syntax error, unexpected {family}\n");
        if (Find(family, name) is { } there)
            return there;
        var table = new NftTable(family, name, _handle++);
        _tables = _tables.Add(table);
        return table;
    }

    private void Delete(string family, string name)
    {
        var table = Find(family, name) ?? throw NftError.Processing("No such file or directory", $"delete table {family} {name}");
        _tables = _tables.Remove(table);
    }

    private void Block(NftTokens tokens)
    {
        var found = Ensure(tokens.Next(), tokens.Next());
        var table = found;
        tokens.Expect("{");
        for (tokens.SkipEnds(); !tokens.Take("}"); tokens.SkipEnds())
        {
            table = tokens.Next() switch
            {
                "set" => table with { Sets = table.Sets.Add(new NftSetText(tokens, now).Read(_handle++)) },
                "chain" => table with { Chains = table.Chains.Add(Chain(tokens, table)) },
                _ => throw tokens.Unexpected(),
            };
        }
        _tables = _tables.Replace(found, table);
    }

    private NftChain Chain(NftTokens tokens, NftTable table)
    {
        var handle = _handle++;
        return new NftChainText(tokens, table).Read(handle, () => _handle++);
    }

    private NftTable? Find(string family, string name) => _tables.Find(t => t.Family == family && t.Name == name);
}

/// <summary>nft's words for what the kernel refused.</summary>
internal static class NftError
{
    public static ToolRefusal Processing(string cause, string statement) => new(1, $"Error: Could not process rule: {cause}\n{statement}\n");

    public static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new ToolRefusal(1, $"Error: Could not resolve hostname: {text}\n");
}

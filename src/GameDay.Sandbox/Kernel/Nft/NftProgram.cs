namespace GameDay.Sandbox.Kernel.Nft;

/// <summary><c>nft</c> as the agent calls it.</summary>
internal static class NftProgram
{
    private const string NoSuchTable = "Error: No such file or directory\n";

    /// <summary>Interprets one call; a ruleset other than the given one is to be kept.</summary>
    public static (ToolAnswer Answer, NftRuleset After) Run(NftRuleset ruleset, IReadOnlyList<string> args, string? stdin, TimeSpan now) => args switch
    {
        ["-f", "-"] => (ToolAnswer.Done, new NftScript(ruleset, now).Apply(stdin ?? "")),
        ["-c", "-f", "-"] => (Check(ruleset, stdin ?? "", now), ruleset),
        ["delete", "table", var family, var name] => (ToolAnswer.Done, new NftScript(ruleset, now).Apply($"delete table {family} {name}")),
        ["-j", "list", "tables"] => (new ToolAnswer(0, NftListing.Tables(ruleset).ToJsonString() + "\n"), ruleset),
        ["-j", "list", "chains"] => (new ToolAnswer(0, NftListing.Chains(ruleset).ToJsonString() + "\n"), ruleset),
        ["add", "table", var family, var name] => (ToolAnswer.Done, new NftScript(ruleset, now).Apply($"add table {family} {name}")),
        ["-j", "list", "table", var family, var name] => (List(ruleset, family, name, now), ruleset),
        _ => throw new ToolRefusal(1, $"Error: syntax error, unexpected {string.Join(' ', args)}\n"),
    };

    private static ToolAnswer Check(NftRuleset ruleset, string script, TimeSpan now)
    {
        new NftScript(ruleset, now).Apply(script);
        return ToolAnswer.Done;
    }

    private static ToolAnswer List(NftRuleset ruleset, string family, string name, TimeSpan now) =>
        ruleset.Find(family, name) is { } table
            ? new ToolAnswer(0, NftListing.Table(table, now).ToJsonString() + "\n")
            : throw new ToolRefusal(1, $"{NoSuchTable}list table {family} {name}\n");
}

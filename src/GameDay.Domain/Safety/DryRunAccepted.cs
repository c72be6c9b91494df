namespace GameDay.Domain.Safety;

/// <summary>The server accepted every request of inject and revert when asked without effect: admission, quotas and Pod Security answered for real.</summary>
public sealed class DryRunAccepted : IGuard
{
    public string Name => "Dry run accepted";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Rehearsals is not { Count: > 0 } rehearsals) return new(Name, null, "nothing was rehearsed", facts.Now);
        var at = rehearsals.Min(r => r.At);
        var answers = rehearsals.SelectMany(r => r.Answers.Select(a => (r.Target, Answer: a))).ToList();
        if (answers.Where(a => a.Answer.Accepted == false).ToList() is { Count: > 0 } refused) return new(Name, false, Words(refused), at);
        if (answers.Where(a => a.Answer.Accepted is null).ToList() is { Count: > 0 } unknown) return new(Name, null, $"not known: {Words(unknown)}", at);
        return new(Name, true, $"{answers.Count} requests on {string.Join(", ", rehearsals.Select(r => r.Target))}: {string.Join(", ", answers.Select(a => a.Answer.Asked).Distinct(StringComparer.Ordinal))}", at);
    }

    private static string Words(IEnumerable<(string Target, Plugins.Rehearsal Answer)> answers) => string.Join("; ", answers.Select(a => $"{a.Target}: {a.Answer.Asked}: {a.Answer.Answer}"));
}

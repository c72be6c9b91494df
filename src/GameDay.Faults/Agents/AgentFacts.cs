using System.Globalization;

namespace GameDay.Faults.Agents;

/// <summary>An agent's evidence as the named facts of ours.</summary>
internal static class AgentFacts
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Of(string container, AgentEvidence? evidence)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["container"] = container };
        Add(facts, "state", evidence?.State);
        Add(facts, "reason", evidence?.Reason);
        Add(facts, "table", evidence?.Table);
        Add(facts, "qdisc", evidence?.Qdisc);
        Add(facts, "processesBefore", evidence?.ProcessesBefore);
        Add(facts, "processes", evidence?.Processes);
        Add(facts, "baselineMs", evidence?.BaselineMs?.ToString("0.###", CultureInfo.InvariantCulture));
        Add(facts, "effectMs", evidence?.EffectMs?.ToString("0.###", CultureInfo.InvariantCulture));
        Add(facts, "addedDelayMs", evidence?.AddedDelayMs?.ToString("0.###", CultureInfo.InvariantCulture));
        Add(facts, "effect", evidence?.Effect);
        Add(facts, "by", evidence?.By);
        Add(facts, "measuredBy", evidence?.MeasuredBy);
        Add(facts, "notMeasured", evidence?.NotMeasured);
        Add(facts, "attempts", evidence?.Attempts?.ToString(CultureInfo.InvariantCulture));
        Add(facts, "lost", evidence?.Lost?.ToString(CultureInfo.InvariantCulture));
        Add(facts, "packets", evidence?.Packets?.ToString(CultureInfo.InvariantCulture));
        Add(facts, "dropped", evidence?.Dropped?.ToString(CultureInfo.InvariantCulture));
        Add(facts, "remainingMs", evidence?.RemainingMs?.ToString(CultureInfo.InvariantCulture));
        Add(facts, "at", evidence?.At?.ToString("O", CultureInfo.InvariantCulture));
        return facts;
    }

    private static void Add(Dictionary<string, string> facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            facts[name] = value;
    }
}

namespace GameDay.Domain.Experiments;

/// <summary>A set of targets in a person's words; one place, so that page, report and command line say the same.</summary>
public static class TargetWords
{
    /// <summary><c>app=cart of Deployment/cart in zone eu-1a, in shop</c>.</summary>
    public static string Of(TargetSpec spec)
    {
        string?[] parts = [Given(spec.Selector), Given(spec.Owner, "of "), Given(spec.Zone, "in zone "), Given(spec.Node, "on node ")];
        return $"{string.Join(' ', parts.OfType<string>())}, in {spec.Namespace}";
    }

    /// <summary><c>one pod, drawn</c>, <c>2 nodes</c>, <c>50 % of the pods</c>, <c>every workload</c>.</summary>
    public static string HowMany(TargetSpec spec, TargetKind kind) => (spec.Choose, Noun(kind)) switch
    {
        (Choice.One, var noun) => $"one {noun}, drawn",
        (Choice.Count, var noun) => $"{spec.Amount} {noun}{(spec.Amount == 1 ? "" : "s")}",
        (Choice.Percent, var noun) => $"{spec.Amount} % of the {noun}s",
        (_, var noun) => $"every {noun}",
    };

    public static string Noun(TargetKind kind) => kind switch { TargetKind.Workload => "workload", TargetKind.Node => "node", _ => "pod" };

    private static string? Given(string? value, string before = "") => string.IsNullOrEmpty(value) ? null : before + value;
}

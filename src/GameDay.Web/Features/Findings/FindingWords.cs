using GameDay.Domain.Findings;
using GameDay.Web.Components.Parts;

namespace GameDay.Web.Features.Findings;

/// <summary>Severity, likelihood and state of a finding in words.</summary>
public static class FindingWords
{
    /// <summary>Columns of the matrix, from left to right.</summary>
    public static readonly IReadOnlyList<Likelihood> Likelihoods = [Likelihood.Exotic, Likelihood.Rare, Likelihood.PlausibleThisYear, Likelihood.HasHappened];

    public static readonly IReadOnlyList<Severity> Severities = [Severity.DataLossOrSafety, Severity.CustomerImpact, Severity.Degraded, Severity.Nuisance];

    public static string Of(Severity severity) => severity switch
    {
        Severity.DataLossOrSafety => "Data loss or safety",
        Severity.CustomerImpact => "Customers feel it",
        Severity.Degraded => "Degraded, slower repair",
        _ => "Nuisance",
    };

    public static string Of(Likelihood likelihood) => likelihood switch
    {
        Likelihood.HasHappened => "Has happened",
        Likelihood.PlausibleThisYear => "Plausible this year",
        Likelihood.Rare => "Rare",
        _ => "Exotic",
    };

    public static StateLook StateOf(FindingRow finding) => finding switch
    {
        { Kind: FindingKind.Strength } => new("Strength", "star"),
        { Filing: FilingState.Failed } => new("Not filed", "alert", "attn"),
        { Filing: FilingState.Queued, FilingProblem: not null } => new("Filing, delayed", "clock", "attn"),
        { Filing: FilingState.Queued } => new("Filing", "ticket", "now-on"),
        { Filing: FilingState.Filed, IssueStatus: { Length: > 0 } status } => new(status, "ticket"),
        { Filing: FilingState.Filed } => new("Filed", "ticket"),
        { Priority: null } => new("Not ranked", "alert", "attn"),
        _ => new("Ranked", "scale"),
    };
}

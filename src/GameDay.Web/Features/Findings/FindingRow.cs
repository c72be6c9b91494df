using GameDay.Domain.Findings;

namespace GameDay.Web.Features.Findings;

/// <summary>One finding in lists and in the matrix.</summary>
/// <param name="Number">1-based over all findings by age; people say F-12.</param>
public sealed record FindingRow(Guid Id, int Number, FindingKind Kind, string Title, Severity? Severity, Likelihood? Likelihood, FilingState Filing, string? Tracker, string? IssueKey, string? IssueUrl, string? IssueStatus, string? FilingProblem)
{
    public Guid ExerciseId { get; init; }
    public string Exercise { get; init; } = "";
    public string Statement { get; init; } = "";
    public IReadOnlyList<long> Evidence { get; init; } = [];
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    public string Name => $"F-{Number}";

    public Priority? Priority => Severity is { } s && Likelihood is { } l ? PriorityMatrix.Of(s, l) : null;
}

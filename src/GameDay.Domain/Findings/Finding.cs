using GameDay.Domain.People;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Findings;

/// <summary>1 data loss or safety … 4 nuisance.</summary>
public enum Severity { DataLossOrSafety = 1, CustomerImpact, Degraded, Nuisance }

public enum Likelihood { HasHappened = 1, PlausibleThisYear, Rare, Exotic }

public enum Priority { P0, P1, P2, P3 }

public enum FindingKind { Weakness, Strength }

public enum FilingState { NotFiled, Queued, Filed, Failed }

/// <summary>A claim drawn from at least one observation that matters beyond the day.</summary>
public sealed class Finding
{
    private Finding() { }

    public Finding(Guid id, Guid exerciseId, Guid? runId, FindingKind kind, string title, string statement, IReadOnlyList<long> evidence, Actor by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(title)) throw new RuleBroken("FindingNeedsATitle", "A finding needs a title: one sentence that says what is weak or strong.");
        if (evidence.Count == 0) throw new RuleBroken("FindingNeedsEvidence", "A finding needs at least one observation. Select notes on the timeline first.");
        Id = id;
        ExerciseId = exerciseId;
        RunId = runId;
        Kind = kind;
        Title = title.Trim();
        Statement = statement.Trim();
        Evidence = evidence;
        CreatedBy = by.Name;
        CreatedAt = at;
    }

    public Guid Id { get; private set; }
    public Guid ExerciseId { get; private set; }
    public Guid? RunId { get; private set; }
    public FindingKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public string Statement { get; private set; } = "";
    /// <summary>Timeline sequence numbers of the observations it rests on.</summary>
    public IReadOnlyList<long> Evidence { get; private set; } = [];
    public string CreatedBy { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public Severity? Severity { get; private set; }
    public Likelihood? Likelihood { get; private set; }
    public FilingState Filing { get; private set; }
    public string? Tracker { get; private set; }
    public string? IssueKey { get; private set; }
    public string? IssueUrl { get; private set; }
    public string? IssueStatus { get; private set; }
    public string? FilingProblem { get; private set; }

    public Priority? Priority => Severity is { } s && Likelihood is { } l ? PriorityMatrix.Of(s, l) : null;

    /// <summary>Strengths need no rank; a weakness needs both.</summary>
    public bool IsTriaged => Kind == FindingKind.Strength || Priority is not null;

    /// <summary>Unique text carried by the issue's body, so that a lost answer creates nothing twice.</summary>
    public string Marker => $"gameday-finding-{Id:N}";

    public void Rank(Severity severity, Likelihood likelihood) { Severity = severity; Likelihood = likelihood; }

    public void Queue(string tracker)
    {
        if (Filing is FilingState.Queued or FilingState.Filed) throw new RuleBroken("FiledOnce", $"This finding is already {(Filing == FilingState.Filed ? $"filed as {IssueKey}" : "on its way to the tracker")}.");
        if (!IsTriaged) throw new RuleBroken("RankBeforeFiling", "Give it a severity and a likelihood first: the issue carries its priority.");
        Filing = FilingState.Queued;
        Tracker = tracker;
        FilingProblem = null;
    }

    public void Filed(TrackerIssue issue) { Filing = FilingState.Filed; Tracker = issue.Vendor; IssueKey = issue.Key; IssueUrl = issue.Url.ToString(); IssueStatus = issue.Status; FilingProblem = null; }

    public void FilingFailed(string problem) { Filing = FilingState.Failed; FilingProblem = problem; }

    public void FilingDelayed(string problem) => FilingProblem = problem;
}

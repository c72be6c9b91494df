using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Domain.Plugins;

namespace GameDay.Web.Reports;

/// <summary>Everything a report says, in the shape of <c>report.json</c>. What was not recorded is null, never made up.</summary>
public sealed record ReportDocument
{
    /// <summary>Raised when a field changes its meaning; new fields do not raise it.</summary>
    public int Version { get; init; } = 1;
    public required ReportExercise Exercise { get; init; }
    public required ReportPolicy Policy { get; init; }
    public required IReadOnlyList<ReportRun> Runs { get; init; }
    /// <summary>What people noted and what tools saw: probes out of tolerance and back, missing data, alerts, gaps.</summary>
    public required IReadOnlyList<ReportEntry> Observations { get; init; }
    public required IReadOnlyList<ReportFinding> Findings { get; init; }
    public required IReadOnlyList<ReportLeak> Leaks { get; init; }
    public required IReadOnlyList<ReportPrediction> Predictions { get; init; }
    public required IReadOnlyList<ReportApproval> Approvals { get; init; }
    public required IReadOnlyList<ReportNotice> Notices { get; init; }
    public required IReadOnlyList<ReportEntry> Timeline { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
}

/// <param name="PlanHash">What approvals bind to.</param>
public sealed record ReportExercise(
    Guid Id, string Title, ExerciseState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, ExerciseType Type, string Goal, string Cluster, string Channel,
    string Author, DateTimeOffset CreatedAt, string PlanHash, bool WasAborted, string? AbortReason, IReadOnlyList<string> OffLimits)
{
    public string ShortId => Id.ToString()[^8..];
}

public sealed record ReportPolicy(
    string Name, double NoticeSeconds, double SteadyForSeconds, double RecoveredForSeconds, double AllClearForSeconds,
    int MinPeople, bool Unattended, int MaxPercent, double LongestFaultSeconds, IReadOnlyList<string> ProtectedNamespaces);

/// <param name="Experiment">The experiment's key.</param>
/// <param name="Fault">Fault kind's id.</param>
/// <param name="Targets">Resolved, as <c>namespace/name</c>.</param>
public sealed record ReportRun(
    int Number, string Experiment, string Title, string Hypothesis, string Fault, IReadOnlyDictionary<string, string> Settings, string Selector, RunState State,
    Verdict? Verdict, string? Reason, bool WasAborted, string? AbortedBy, double DurationSeconds, double RecoverWithinSeconds, IReadOnlyList<string> Targets, ReportMoments Timeline,
    IReadOnlyList<ReportInjection> Injections, IReadOnlyList<ReportProbe> Probes, IReadOnlyList<string> AbortWhen, ReportAlerts Alerts, IReadOnlyList<ReportComparison> Compared)
{
    /// <summary>Of the choice among the matching targets: with the same ones there it chooses the same again.</summary>
    public int Seed { get; init; }
}

/// <summary>Raw moments of one run; null is "not recorded".</summary>
public sealed record ReportMoments(
    DateTimeOffset? InjectedAt, DateTimeOffset? EffectAt, DateTimeOffset? DetectedAt, string? DetectedBy, DateTimeOffset? AcknowledgedAt, DateTimeOffset? MitigatedAt,
    DateTimeOffset? RevertStartedAt, DateTimeOffset? RevertedAt, DateTimeOffset? RecoveredAt, DateTimeOffset? BaselineAt, DateTimeOffset? EndedAt);

/// <param name="Evidence">What was read back at the revert; null when nothing was.</param>
/// <param name="Effect">What was seen at the injection.</param>
/// <param name="RevertMs">From the wish to revert to its proof.</param>
public sealed record ReportInjection(
    string Target, string? Owner, string? Node, InjectionPhase Phase, Evidence? Effect, Evidence? Evidence, long? RevertMs, DateTimeOffset? SentAt, DateTimeOffset? RevertRequestedAt,
    DateTimeOffset? RevertedAt, DateTimeOffset? Deadline, int RevertAttempts, string? Problem, string? UndoByHand)
{
    /// <summary>What came of it; without effect and superseded are results of their own.</summary>
    public InjectionResult Result => InjectionResults.Of(Phase, Effect, Evidence);
}

public sealed record ReportProbe(
    string Name, string Question, string Unit, string Source, Tolerance Tolerance, double? AbortBelow, double? AbortAbove,
    ReportReadings Before, ReportReadings During, ReportReadings After, IReadOnlyList<ReportReading> Readings);

/// <summary>A stretch of readings; Lowest and Highest are null when there is none with data.</summary>
public sealed record ReportReadings(int Count, int OutOfTolerance, int Missing, double? Lowest, double? Highest);

public sealed record ReportReading(DateTimeOffset At, double? Value, bool InTolerance, string? Problem);

/// <param name="Reported">False: no alert at all reached the timeline, so "missing" may mean "nobody was listening".</param>
public sealed record ReportAlerts(IReadOnlyList<string> ExpectedFired, IReadOnlyList<string> ExpectedMissing, IReadOnlyList<string> Unexpected, bool Reported);

/// <summary>One line of prediction against record.</summary>
/// <param name="Matches">Null: not known, or for people to judge.</param>
public sealed record ReportComparison(string Question, string? Expected, string? Seen, bool? Matches);

public sealed record ReportPrediction(string Experiment, string By, string? Impact, string? Response, string? NoticedBy, double? DetectWithinSeconds, IReadOnlyList<string> Alerts);

/// <param name="Run">Number of the run it belongs to, if any.</param>
public sealed record ReportEntry(long Seq, DateTimeOffset At, EntryKind Kind, string Source, string Text, int? Run, bool ByPerson);

public sealed record ReportFinding(
    Guid Id, FindingKind Kind, string Title, string Statement, int? Run, Severity? Severity, Likelihood? Likelihood, Priority? Priority, IReadOnlyList<long> Evidence,
    string By, DateTimeOffset At, FilingState Filing, string? Tracker, string? IssueKey, string? IssueUrl, string? IssueStatus, string? FilingProblem);

public sealed record ReportLeak(string Cluster, string Object, string MadeBy, bool Ours, string? Problem, string UndoByHand);

public sealed record ReportApproval(string Name, DateTimeOffset At, string PlanHash, bool Approved, string? Comment);

public sealed record ReportNotice(DateTimeOffset At, NoticeKind Kind, string Channel, OutboxState State, string Text, DateTimeOffset? SentAt, string? Problem);

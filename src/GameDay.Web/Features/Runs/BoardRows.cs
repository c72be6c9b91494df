using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;

namespace GameDay.Web.Features.Runs;

/// <summary>An exercise as the run board sees it at one moment.</summary>
public sealed record Board(
    Guid Id, string Title, ExerciseState State, ExercisePlan Plan, Policy Policy, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool WasAborted, string? AbortReason)
{
    public DateTimeOffset ServerNow { get; init; }
    public IReadOnlyList<Lane> Lanes { get; init; } = [];

    public Lane? Active => Lanes.FirstOrDefault(l => l.Run is { IsOver: false, State: not RunState.Planned });

    /// <summary>The run whose charts and faults are shown: the active one, else the one that ended last, else the first to come.</summary>
    public Lane? Shown => Active ?? Lanes.Where(l => l.Run?.InjectedAt is not null).MaxBy(l => l.Run!.InjectedAt) ?? (Lanes.Count > 0 ? Lanes[0] : null);

    public bool IsOver => State is ExerciseState.Debriefing or ExerciseState.Published or ExerciseState.Closed or ExerciseState.Cancelled;
}

/// <summary>One experiment and its newest run.</summary>
public sealed record Lane(int Number, ExperimentPlan Plan, RunRow? Run)
{
    public RunState State => Run?.State ?? RunState.Planned;

    /// <summary>The independent ends of this fault, in words.</summary>
    public string WhoCanUndo { get; init; } = "";
}

public sealed record RunRow(Guid Id, int Number, RunState State, Verdict? Verdict, string? Reason, bool WasAborted, string? AbortedBy)
{
    public DateTimeOffset? ArmedAt { get; init; }
    public DateTimeOffset? BaselineAt { get; init; }
    public DateTimeOffset? InjectedAt { get; init; }
    public DateTimeOffset? EffectAt { get; init; }
    public DateTimeOffset? DetectedAt { get; init; }
    public string? DetectedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? MitigatedAt { get; init; }
    public DateTimeOffset? RevertStartedAt { get; init; }
    public DateTimeOffset? RevertedAt { get; init; }
    public DateTimeOffset? RecoveringAt { get; init; }
    public DateTimeOffset? RecoveredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public IReadOnlyList<FaultRow> Faults { get; init; } = [];

    public bool IsOver => RunLifecycle.IsTerminal(State);

    public bool MayHoldFault => RunLifecycle.MayHoldFault(State);

    /// <summary>Null while the fault may still be in place.</summary>
    public DateTimeOffset? FaultEndedAt => RevertedAt ?? (MayHoldFault ? null : EndedAt);

    public static RunRow Of(Run r) => new(r.Id, r.Number, r.State, r.Verdict, r.Reason, r.WasAborted, r.AbortedBy)
    {
        ArmedAt = r.ArmedAt, BaselineAt = r.BaselineAt, InjectedAt = r.InjectedAt, EffectAt = r.EffectAt, DetectedAt = r.DetectedAt, DetectedBy = r.DetectedBy,
        AcknowledgedAt = r.AcknowledgedAt, MitigatedAt = r.MitigatedAt, RevertStartedAt = r.RevertStartedAt, RevertedAt = r.RevertedAt,
        RecoveringAt = r.RecoveringAt, RecoveredAt = r.RecoveredAt, EndedAt = r.EndedAt, Deadline = r.Deadline,
        Faults = [.. r.Injections.OrderBy(i => i.Number).Select(FaultRow.Of)],
    };
}

/// <summary>One injection: the fault on one target.</summary>
public sealed record FaultRow(Guid Id, string Kind, FaultTarget Target, InjectionPhase Phase, Evidence? Effect, Evidence? Proof, string? UndoByHand, DateTimeOffset? Deadline, DateTimeOffset? RevertedAt, string? Problem)
{
    public bool IsOver => InjectionLifecycle.IsOver(Phase);

    public InjectionResult Result => InjectionResults.Of(Phase, Effect, Proof);

    public static FaultRow Of(Injection i) => new(i.Id, i.Kind, i.Target, i.Phase, i.Effect, i.Proof, i.Undo?.InWords, i.Deadline, i.RevertedAt, i.Problem);
}

using static GameDay.Domain.Experiments.RunTrigger;

namespace GameDay.Domain.Experiments;

/// <summary>One execution of an experiment. Owned by a row lease (<see cref="Owner"/>, <see cref="Epoch"/>); every journal write is fenced by the epoch.</summary>
public sealed class Run
{
    private readonly List<Injection> _injections = [];

    private Run() { }

    public Run(Guid id, Guid exerciseId, string experimentKey, int number, int seed)
    {
        Id = id;
        ExerciseId = exerciseId;
        ExperimentKey = experimentKey;
        Number = number;
        Seed = seed;
    }

    public Guid Id { get; private set; }
    public Guid ExerciseId { get; private set; }
    public string ExperimentKey { get; private set; } = "";
    /// <summary>1-based order within the exercise.</summary>
    public int Number { get; private set; }
    /// <summary>Seed of the target choice, recorded so that it can be repeated.</summary>
    public int Seed { get; private set; }
    public RunState State { get; private set; }
    public Verdict? Verdict { get; private set; }
    public string? Reason { get; private set; }
    public bool WasAborted { get; private set; }
    public string? AbortedBy { get; private set; }

    public string? Owner { get; private set; }
    public long Epoch { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }

    public DateTimeOffset? ArmedAt { get; private set; }
    public DateTimeOffset? BaselineAt { get; private set; }
    public DateTimeOffset? InjectedAt { get; private set; }
    public DateTimeOffset? EffectAt { get; private set; }
    public DateTimeOffset? DetectedAt { get; private set; }
    public string? DetectedBy { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? MitigatedAt { get; private set; }
    public DateTimeOffset? RevertStartedAt { get; private set; }
    public DateTimeOffset? RevertedAt { get; private set; }
    public DateTimeOffset? RecoveringAt { get; private set; }
    public DateTimeOffset? RecoveredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>When the fault must be gone; set with the first injection.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    public IReadOnlyList<Injection> Injections => _injections;

    public bool IsTerminal => RunLifecycle.IsTerminal(State);

    public Injection Add(FaultTarget target, string kind)
    {
        var injection = new Injection(Guid.CreateVersion7(), Id, _injections.Count + 1, target, kind);
        _injections.Add(injection);
        return injection;
    }

    /// <summary>Moves by the table and stamps the moment.</summary>
    public void Move(RunTrigger on, DateTimeOffset at, string? reason = null)
    {
        State = RunLifecycle.Next(State, on);
        Reason = reason ?? Reason;
        Stamp(at);
    }

    public void Abort(string by, string? reason, DateTimeOffset at)
    {
        if (IsTerminal || State is RunState.Reverting or RunState.Leaked) { WasAborted |= !IsTerminal; AbortedBy ??= WasAborted ? by : null; return; }
        WasAborted = true;
        AbortedBy = by;
        Move(RunTrigger.Abort, at, reason);
    }

    public void Judge(Verdict verdict, string reason)
    {
        Verdict = verdict;
        Reason = reason;
    }

    public void DeadlineIs(DateTimeOffset at) => Deadline = at;

    public void EffectSeen(DateTimeOffset at) => EffectAt ??= at;

    public void Detected(DateTimeOffset at, string by) { if (DetectedAt is null) { DetectedAt = at; DetectedBy = by; } }

    public void Acknowledged(DateTimeOffset at) => AcknowledgedAt ??= at;

    public void Mitigated(DateTimeOffset at) => MitigatedAt ??= at;

    private void Stamp(DateTimeOffset at)
    {
        switch (State)
        {
            case RunState.Armed: ArmedAt ??= at; break;
            case RunState.Baseline: BaselineAt ??= at; break;
            case RunState.Injecting: InjectedAt ??= at; break;
            case RunState.Reverting: RevertStartedAt ??= at; break;
            case RunState.Recovering: RevertedAt = at; RecoveringAt = at; break;
        }
        if (!IsTerminal) return;
        EndedAt = at;
        if (State == RunState.Done && RevertedAt is not null && !WasAborted) RecoveredAt ??= at;
    }

    /// <summary>Steady state was measured again after the revert.</summary>
    public void RecoveredSeen(DateTimeOffset at) => RecoveredAt ??= at;
}

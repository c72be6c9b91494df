using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Safety;

/// <param name="Passed">Null: the guard could not answer, which refuses as well (fail closed).</param>
/// <param name="At">When what it rests on was read; its age is the time since.</param>
public sealed record GuardAnswer(string Guard, bool? Passed, string Evidence, DateTimeOffset At)
{
    /// <summary>It passes, and people should know this before they say go.</summary>
    public bool Warns { get; init; }
}

/// <summary>Facts gathered for one experiment right before its fault; a null fact is "not known".</summary>
public sealed record GuardFacts(
    ExercisePlan Plan, ExperimentPlan Experiment, Policy Policy, FaultKind? Kind, ResolvedTargets? Resolved, string? ResolveProblem,
    ApprovedTargets? Approved, bool? HaltInForce, IReadOnlyList<PermissionAnswer>? Permissions, IReadOnlyList<string> TargetsHeldElsewhere, DateTimeOffset Now)
{
    /// <summary>What one injection of it touches.</summary>
    public TargetKind Touches { get; init; }
    public Limits Limits { get; init; } = Limits.None;
    public BlastScope? Scope { get; init; }
    /// <summary>Targets in this cluster that carry a fault of any other run now.</summary>
    public int? LiveInCluster { get; init; }
    public RescuersSeen? Rescuers { get; init; }
    public IReadOnlyList<ReaperSeen>? Reapers { get; init; }
    public IReadOnlyList<FreezeWindow>? Freezes { get; init; }
    public IReadOnlyList<OpenIncident>? Incidents { get; init; }
    public IReadOnlyList<ProbeReading>? Probes { get; init; }
    public IReadOnlyList<TargetRehearsal>? Rehearsals { get; init; }
    /// <summary>Empty for a fault without an agent.</summary>
    public IReadOnlyList<NodeRehearsal>? Nodes { get; init; }
    public IReadOnlyList<OtherWriter>? OtherWriters { get; init; }

    /// <summary>When the fault would begin: now, or at the planned start when that is still to come.</summary>
    public DateTimeOffset Begins => Plan.StartsAt is { } start && start > Now ? start : Now;

    public DateTimeOffset Ends => Begins + Experiment.Duration;
}

/// <summary>One fresh reading of a probe, judged by its tolerance.</summary>
/// <param name="InWords">Reading and tolerance, or why there is none.</param>
public sealed record ProbeReading(string Probe, bool InTolerance, string InWords, DateTimeOffset At);

/// <summary>What the server answered to every request of one injection, asked with dry run on one target of a workload.</summary>
public sealed record TargetRehearsal(string Target, IReadOnlyList<Rehearsal> Answers, DateTimeOffset At);

/// <summary>One named refusal before a fault; on by default, fails closed.</summary>
public interface IGuard
{
    string Name { get; }
    GuardAnswer Ask(GuardFacts facts);
}

/// <summary>The guards asked before every fault, in the order they are shown.</summary>
public static class Preflight
{
    public static readonly IReadOnlyList<IGuard> Guards =
    [
        new ProtectedNamespace(), new TargetsResolved(), new TargetsAsApproved(), new BlastRadius(), new RescuersOutside(),
        new DurationWithinPolicy(), new NotInFreeze(), new NoOpenIncident(), new DeadlineInWindow(), new HaltNotInForce(), new NoOverlap(), new ReaperAlive(),
        new PermissionsHeld(), new DryRunAccepted(), new NodesRehearsed(), new OtherWritersNamed(), new SteadyState(),
    ];

    public static IReadOnlyList<GuardAnswer> Ask(GuardFacts facts) => [.. Guards.Select(g => g.Ask(facts))];

    /// <summary>Before the baseline, which is what measures the steady state.</summary>
    public static IReadOnlyList<GuardAnswer> AskBeforeBaseline(GuardFacts facts) => [.. Guards.Where(g => g is not SteadyState).Select(g => g.Ask(facts))];
}

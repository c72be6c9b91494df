using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Safety;

/// <param name="Passed">Null: the guard could not answer, which refuses as well (fail closed).</param>
public sealed record GuardAnswer(string Guard, bool? Passed, string Evidence, DateTimeOffset At);

/// <summary>Facts gathered for one experiment right before its fault; a null fact is "not known".</summary>
public sealed record GuardFacts(
    ExercisePlan Plan, ExperimentPlan Experiment, Policy Policy, FaultKind? Kind, ResolvedTargets? Resolved, string? ResolveProblem,
    ApprovedTargets? Approved, bool? HaltInForce, IReadOnlyList<PermissionAnswer>? Permissions, IReadOnlyList<string> TargetsHeldElsewhere, DateTimeOffset Now);

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
        new ProtectedNamespace(), new TargetsResolved(), new TargetsAsApproved(), new BlastRadius(),
        new DurationWithinPolicy(), new HaltNotInForce(), new NoOverlap(), new PermissionsHeld(),
    ];

    public static IReadOnlyList<GuardAnswer> Ask(GuardFacts facts) => [.. Guards.Select(g => g.Ask(facts))];
}

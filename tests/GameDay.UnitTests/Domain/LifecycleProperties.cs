using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Domain;

/// <summary>Whatever is asked in whatever order: a state moves by its table or not at all, and a fault never slips past the revert.</summary>
public sealed class LifecycleProperties
{
    [Fact]
    public void An_exercise_moves_by_its_table_or_not_at_all() =>
        Walks<ExerciseTrigger>(triggers => Walk(ExerciseState.Draft, triggers, ExerciseLifecycle.Next, ExerciseLifecycle.Allows));

    [Fact]
    public void A_run_moves_by_its_table_or_not_at_all() =>
        Walks<RunTrigger>(triggers => Walk(RunState.Planned, triggers, RunLifecycle.Next, RunLifecycle.Allows));

    [Fact]
    public void An_injection_moves_by_its_table_or_not_at_all() =>
        Walks<InjectionTrigger>(triggers => Walk(InjectionPhase.Planned, triggers, InjectionLifecycle.Next, InjectionLifecycle.Allows));

    [Fact]
    public void A_run_that_may_hold_a_fault_ends_only_by_proof_or_a_signed_incident() => Walks<RunTrigger>(triggers =>
    {
        var state = RunState.Planned;
        foreach (var trigger in triggers.Where(t => RunLifecycle.Allows(state, t)))
        {
            var before = state;
            state = RunLifecycle.Next(state, trigger);
            if (RunLifecycle.MayHoldFault(before) && !RunLifecycle.MayHoldFault(state)) trigger.ShouldBeOneOf(RunTrigger.Proved, RunTrigger.DeclareIncident);
        }
    });

    [Fact]
    public void Abort_and_deadline_lead_straight_to_revert_from_wherever_a_fault_may_have_been_sent()
    {
        foreach (var state in new[] { RunState.Injecting, RunState.Observing }) RunLifecycle.Next(state, RunTrigger.Abort).ShouldBe(RunState.Reverting);
        RunLifecycle.Next(RunState.Observing, RunTrigger.TimeUp).ShouldBe(RunState.Reverting);
        RunLifecycle.Next(RunState.Injecting, RunTrigger.InjectionFailed).ShouldBe(RunState.Reverting);
    }

    [Fact]
    public void Every_live_run_can_be_ended_and_every_ended_one_stays_ended()
    {
        foreach (var state in Enum.GetValues<RunState>())
        {
            var onward = Enum.GetValues<RunTrigger>().Count(t => RunLifecycle.Allows(state, t));
            if (RunLifecycle.IsTerminal(state)) onward.ShouldBe(0, state.ToString());
            else onward.ShouldBeGreaterThan(0, state.ToString());
        }
    }

    [Fact]
    public void An_injection_that_may_be_in_place_is_over_only_after_proof() => Walks<InjectionTrigger>(triggers =>
    {
        var phase = InjectionPhase.Planned;
        foreach (var trigger in triggers.Where(t => InjectionLifecycle.Allows(phase, t)))
        {
            var before = phase;
            phase = InjectionLifecycle.Next(phase, trigger);
            if (phase == InjectionPhase.Reverted) (before, trigger).ShouldBe((InjectionPhase.Reverting, InjectionTrigger.Proved));
            if (phase == InjectionPhase.Void) trigger.ShouldBe(InjectionTrigger.NeverSent);
        }
    });

    [Fact]
    public void A_live_exercise_can_always_be_aborted_until_it_winds_down()
    {
        foreach (var state in new[] { ExerciseState.Running, ExerciseState.Paused }) ExerciseLifecycle.Next(state, ExerciseTrigger.Abort).ShouldBe(ExerciseState.Aborting);
    }

    private static void Walk<TState, TTrigger>(TState from, TTrigger[] triggers, Func<TState, TTrigger, TState> next, Func<TState, TTrigger, bool> allows)
        where TState : struct, Enum
    {
        foreach (var trigger in triggers)
        {
            if (allows(from, trigger)) from = next(from, trigger);
            else Should.Throw<IllegalMove>(() => next(from, trigger));
            Enum.IsDefined(from).ShouldBeTrue();
        }
    }

    private static void Walks<T>(Action<T[]> holds)
        where T : struct, Enum
    {
        var walks = Gen.ArrayOf(Gen.Elements(Enum.GetValues<T>())).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500).WithEndSize(60), Prop.ForAll(walks, holds));
    }
}

using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using static GameDay.Domain.Exercises.PlanRules;

namespace GameDay.Engine.Control;

/// <summary>What refuses a start before anything is asked of the cluster.</summary>
internal static class StartRules
{
    public static void Check(Exercise exercise, Installation installation, IReadOnlyList<Run> runs, string? leak) =>
        PlanRules.Check(HaltIsReleased(installation), NothingLeaked(leak), NoOtherRunIsLive(exercise, runs), ExerciseIsRunning(exercise));

    private static Rule HaltIsReleased(Installation i) => new(nameof(HaltIsReleased),
        i.HaltEngaged ? $"Halt is in force since {i.HaltAt:HH:mm} UTC ({i.HaltBy}: {i.HaltReason}). Release it with a reason before anything starts." : null);

    private static Rule NothingLeaked(string? leak) => new(nameof(NothingLeaked),
        leak is null ? null : $"A fault is not proved gone, so nothing new starts: {leak}");

    private static Rule NoOtherRunIsLive(Exercise exercise, IReadOnlyList<Run> runs) => new(nameof(NoOtherRunIsLive),
        runs.FirstOrDefault(r => !r.IsTerminal) is { } live ? $"'{exercise.Plan.Experiments.First(e => e.Key == live.ExperimentKey).Title}' is already {live.State}. Wait for its end or abort it; one run at a time." : null);

    private static Rule ExerciseIsRunning(Exercise exercise) => new(nameof(ExerciseIsRunning),
        exercise.State == ExerciseState.Running ? null : $"Experiments start only while the exercise is Running; it is {exercise.State}.");
}

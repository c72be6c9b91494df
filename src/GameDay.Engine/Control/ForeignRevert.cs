using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Control;

/// <summary>
/// Reverts a run that another node owns, or nobody: whoever hears the abort acts. Only the owner writes the journal;
/// doing it twice is harmless (rules 1, 6 and 7).
/// </summary>
internal sealed partial class ForeignRevert(IDbContextFactory<GameDayDbContext> databases, Faults faults, Reverter reverter, EngineOptions options, IAbortSignal signal, TimeProvider clock, ILogger<ForeignRevert> log)
{
    public void Start(IEnumerable<Run> runs)
    {
        foreach (var run in runs) signal.Raise(() => _ = Task.Run(() => RevertAsync(run)));
    }

    private async Task RevertAsync(Run run)
    {
        try
        {
            var (plan, installation) = await ReadAsync(run);
            var fault = faults.Get(plan.Fault.Kind);
            var live = run.Injections.OrderByDescending(i => i.Number).Where(i => i.Undo is not null && !InjectionLifecycle.IsOver(i.Phase));
            await Parallel.ForEachAsync(live, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce },
                async (stored, ct) => await reverter.RevertAsync(fault, Memory.Of(stored, plan, fault.Kind, installation, options, clock), ct));
        }
        // The owner, or who claims the run next, does it anyway and says so on the timeline.
        catch (Exception e)
        {
            CouldNotHelp(e, run.Id);
        }
    }

    private async Task<(ExperimentPlan, string)> ReadAsync(Run run)
    {
        await using var db = await databases.CreateDbContextAsync();
        var exercise = await db.Exercises.AsNoTracking().SingleAsync(e => e.Id == run.ExerciseId);
        return (exercise.Plan.Experiments.First(e => e.Key == run.ExperimentKey), (await db.Installations.AsNoTracking().SingleAsync()).InstallationId);
    }

    [LoggerMessage(LogLevel.Warning, "Run {Run} of another node could not be reverted from here")]
    private partial void CouldNotHelp(Exception e, Guid run);
}

using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Engine.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GameDay.Engine.Control;

/// <summary>
/// Moves live exercises on by themselves: an aborted one winds down when its runs have ended, an automatic one starts its experiments in
/// order, finishes and gives the all clear. Any node may do it; the exercise's lock lets each step happen once.
/// </summary>
internal sealed partial class Conductor(IDbContextFactory<GameDayDbContext> databases, RunControl runs, ExerciseControl exercises, SteadyWatches steady, LiveFeed feed, ILogger<Conductor> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly Signal _wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var heard = feed.Subscribe((_, _) => _wake.Pulse());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MoveAllOnAsync(stoppingToken);
                await _wake.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (ExerciseLock.IsConnectionLoss(e)) Away(e.Message);
                else Stuck(e);
                await Task.Delay(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task MoveAllOnAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var live = await db.Exercises.AsNoTracking()
            .Where(e => e.State == ExerciseState.Running || e.State == ExerciseState.Paused || e.State == ExerciseState.Aborting || e.State == ExerciseState.WindingDown)
            .Select(e => new { e.Id, e.State }).ToListAsync(ct);
        await steady.KeepOnlyAsync(live.Where(e => e.State == ExerciseState.WindingDown).Select(e => e.Id).ToHashSet());
        var halted = live.Count > 0 && await db.Installations.AnyAsync(i => i.HaltEngaged, ct);
        foreach (var exercise in live) await MoveOnAsync(exercise.Id, halted, ct);
    }

    private async Task MoveOnAsync(Guid id, bool halted, CancellationToken ct)
    {
        try
        {
            if (halted) await EndUnderHaltAsync(id, ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            var exercise = await db.Exercises.AsNoTracking().SingleAsync(e => e.Id == id, ct);
            var known = await db.Runs.AsNoTracking().Where(r => r.ExerciseId == id).OrderBy(r => r.Number).ToListAsync(ct);
            await NextAsync(exercise, known, ct);
        }
        catch (RuleBroken refusal)
        {
            // Not yet (steady state, a leak), or another node was first.
            NotYet(id, refusal.Message);
        }
    }

    /// <summary>The node that engaged Halt may have died before it had aborted everything.</summary>
    private async Task EndUnderHaltAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var running = await db.Runs.AnyAsync(r => r.ExerciseId == id && (r.State == RunState.Armed || r.State == RunState.Baseline || r.State == RunState.Injecting || r.State == RunState.Observing), ct);
        if (running) await runs.AbortExerciseAsync(id, Actor.Engine, "Halt is in force", ct);
    }

    private async Task NextAsync(Exercise exercise, List<Run> known, CancellationToken ct)
    {
        var allEnded = known.All(r => r.IsTerminal);
        switch (exercise.State)
        {
            case ExerciseState.Aborting when allEnded: await RunsEndedAsync(exercise.Id, ct); break;
            case ExerciseState.Running when exercise.Plan.Automatic && allEnded: await GoOnAsync(exercise, known, ct); break;
            case ExerciseState.WindingDown when allEnded:
                steady.Watch(exercise);
                if (exercise.Plan.Automatic) await exercises.AllClearAsync(exercise.Id, Actor.Engine, ct);
                break;
        }
    }

    /// <summary>Not recovered, or a leak that was signed over to a real incident: the system is not well, so no further fault is added to that.</summary>
    private async Task GoOnAsync(Exercise exercise, List<Run> known, CancellationToken ct)
    {
        var next = known.Any(r => r.State == RunState.NotRecovered || r.Injections.Any(i => i.Phase == InjectionPhase.Leaked)) ? null : exercise.Plan.Experiments.FirstOrDefault(e => known.All(r => r.ExperimentKey != e.Key));
        if (next is null) await exercises.FinishAsync(exercise.Id, Actor.Engine, ct);
        else await runs.StartAsync(exercise.Id, next.Key, Actor.Engine, known.Count, ct);
    }

    private async Task RunsEndedAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var unit = await db.LockAsync(id, ct);
        if (unit.Exercise.State != ExerciseState.Aborting || (await unit.LockRunsAsync(ct)).Any(r => !r.IsTerminal)) return;
        unit.Exercise.RunsEnded();
        await unit.CommitAsync(ct);
    }

    [LoggerMessage(LogLevel.Debug, "Exercise {Exercise} does not move on yet: {Why}")]
    private partial void NotYet(Guid exercise, string why);

    [LoggerMessage(LogLevel.Warning, "Exercises wait for the database: {Problem}")]
    private partial void Away(string problem);

    [LoggerMessage(LogLevel.Error, "Exercises cannot be moved on")]
    private partial void Stuck(Exception e);
}

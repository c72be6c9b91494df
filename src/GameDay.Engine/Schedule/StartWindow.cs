using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace GameDay.Engine.Schedule;

/// <summary>At an exercise's start: opens the briefing, and goes when it is automatic. Short, and doing it twice changes nothing.</summary>
internal sealed class StartWindow(IDbContextFactory<GameDayDbContext> databases, TimeProvider clock) : IJob
{
    public const string Exercise = "exercise";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var unit = await db.LockAsync(Guid.Parse(context.MergedJobDataMap[Exercise]!.ToString()!), cancellationToken);
        var exercise = unit.Exercise;
        var now = clock.GetUtcNow();
        // It may have been moved, edited or cancelled since it was scheduled.
        if (exercise.State != ExerciseState.Approved || exercise.StartsAt is not { } starts || starts > now + TimeSpan.FromSeconds(1)) return;
        exercise.Brief(Actor.Engine);
        if (exercise.Plan.Automatic) GoIfAllowed(exercise, now);
        await unit.CommitAsync(cancellationToken);
    }

    private static void GoIfAllowed(Exercise exercise, DateTimeOffset now)
    {
        try
        {
            exercise.Go(Actor.Engine, now);
        }
        catch (RuleBroken refusal)
        {
            exercise.Record(EntryKind.Decision, Actor.Engine, $"Not started by itself: {refusal.Message}");
        }
    }
}

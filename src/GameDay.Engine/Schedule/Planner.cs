using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Engine.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace GameDay.Engine.Schedule;

/// <summary>Keeps one Quartz job per approved exercise with a start in the future. A start that was missed is not made up for: people decide.</summary>
internal sealed partial class Planner(ISchedulerFactory schedulers, IDbContextFactory<GameDayDbContext> databases, LiveFeed feed, TimeProvider clock, ILogger<Planner> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private readonly Signal _wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var heard = feed.Subscribe((_, _) => _wake.Pulse());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReconcileAsync(stoppingToken);
                await _wake.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                NotPlanned(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReconcileAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var due = await db.Exercises.AsNoTracking().Where(e => e.State == ExerciseState.Approved && e.StartsAt > now).Select(e => new { e.Id, e.StartsAt }).ToListAsync(ct);
        if (due.Count == 0) return;
        var scheduler = await schedulers.GetScheduler(ct);
        foreach (var exercise in due) await ScheduleAsync(scheduler, exercise.Id, exercise.StartsAt!.Value, ct);
    }

    private static async Task ScheduleAsync(IScheduler scheduler, Guid id, DateTimeOffset at, CancellationToken ct)
    {
        var trigger = new TriggerKey(id.ToString(), "start");
        if (await scheduler.GetTrigger(trigger, ct) is { } known)
        {
            if (known.StartTimeUtc.ToUnixTimeSeconds() == at.ToUnixTimeSeconds()) return;
            await scheduler.RescheduleJob(trigger, Once(trigger, at), ct);
            return;
        }
        var job = JobBuilder.Create<StartWindow>().WithIdentity(id.ToString(), "start").UsingJobData(StartWindow.Exercise, id.ToString()).Build();
        try
        {
            await scheduler.ScheduleJob(job, Once(trigger, at), cancellationToken: ct);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another node was first; the job is the same.
            return;
        }
    }

    private static ITrigger Once(TriggerKey key, DateTimeOffset at) => TriggerBuilder.Create().WithIdentity(key).StartAt(at)
        .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)).Build();

    [LoggerMessage(LogLevel.Warning, "Starts could not be planned: {Problem}")]
    private partial void NotPlanned(string problem);
}

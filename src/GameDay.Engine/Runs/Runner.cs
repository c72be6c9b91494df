using System.Collections.Concurrent;
using GameDay.Data;
using GameDay.Domain.Plugins;
using GameDay.Engine.Control;
using GameDay.Engine.Leases;
using GameDay.Engine.Live;
using GameDay.Engine.Probes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameDay.Engine.Runs;

/// <summary>Claims free runs and takes each through its journey. On shutdown it reverts what is live, then hands the leases over.</summary>
internal sealed partial class Runner(
    RunClaims claims, OwnedRuns owned, RunJourney journey, TakeOver takeOver, Faults faults, IEnumerable<IProbeSource> sources, NpgsqlDataSource source,
    IDbContextFactory<GameDayDbContext> databases, EngineOptions options, LiveFeed feed, IAbortSignal signal, TimeProvider clock, ILogger<Runner> log) : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Task> _journeys = [];
    private readonly CancellationTokenSource _kill = new();
    private readonly Signal _wake = new();
    private CancellationToken _outOfTime;
    private bool _disposed;

    /// <summary>Something may be free to claim.</summary>
    public void Wake() => _wake.Pulse();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var outOfTime = cancellationToken.Register(_kill.Cancel);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>What the journeys work with is disposed next: they end first, as they are. The container asks twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed) await _kill.CancelAsync();
        await Task.WhenAll(_journeys.Values);
        Dispose();
    }

    public override void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _kill.Cancel();
        _kill.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _outOfTime = _kill.Token;
        using var heard = feed.Subscribe((exercise, _) => HearOf(exercise));
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await ClaimAllAsync(stoppingToken);
                await _wake.WaitAsync(LookEvery, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Shutdown: the journeys revert what is live before they end.
        }
        await Task.WhenAll(_journeys.Values);
    }

    private void HearOf(Guid exerciseId)
    {
        foreach (var own in owned.Of(exerciseId)) own.Lease.RenewSoon();
        Wake();
    }

    private async Task ClaimAllAsync(CancellationToken stop)
    {
        try
        {
            while (await claims.NextAsync(stop) is { } claim) _journeys[claim.RunId] = Task.Run(() => OwnAsync(claim, stop), CancellationToken.None);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            CannotClaim(e.Message);
        }
    }

    private async Task OwnAsync(ClaimedRun claim, CancellationToken stop)
    {
        try
        {
            await using var own = await TakeAsync(claim, stop);
            if (own is null || !owned.Add(own)) return;
            try
            {
                await takeOver.PrepareAsync(own, claim, _outOfTime);
                await journey.TravelAsync(own, stop, _outOfTime);
                await own.Lease.ReleaseAsync(_outOfTime);
            }
            finally
            {
                owned.Remove(own);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process ends, and no time is left for more: the lease runs out by itself, and another node claims the run.
        }
        // The lease runs out by itself; then this node or another claims the run again.
        catch (Exception e)
        {
            JourneyBroke(e, claim.RunId);
        }
        finally
        {
            _journeys.TryRemove(claim.RunId, out _);
        }
    }

    private async Task<OwnedRun?> TakeAsync(ClaimedRun claim, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == claim.RunId, stop);
        var exercise = await db.Exercises.AsNoTracking().SingleAsync(e => e.Id == claim.ExerciseId, stop);
        var installation = await db.Installations.AsNoTracking().SingleAsync(stop);
        var plan = exercise.Plan.Experiments.First(e => e.Key == run.ExperimentKey);
        if (faults.Find(plan.Fault.Kind) is not { } fault)
        {
            UnknownFault(plan.Fault.Kind, run.Id);
            return null;
        }
        var probes = new ProbeBoard(run.Id, exercise.Plan.Cluster, plan.Probes, plan.AbortWhen, clock);
        var own = new OwnedRun(run, exercise, installation.InstallationId, fault, new RunLease(source, options, clock, run.Id, claim.Epoch), probes, signal);
        own.Lease.Keep(own.HearOf);
        probes.Start([.. sources]);
        return own;
    }

    [LoggerMessage(LogLevel.Warning, "Runs cannot be claimed: {Problem}")]
    private partial void CannotClaim(string problem);

    [LoggerMessage(LogLevel.Error, "The journey of run {Run} ended unexpectedly; it is claimed again when its lease runs out")]
    private partial void JourneyBroke(Exception e, Guid run);

    [LoggerMessage(LogLevel.Error, "Fault '{Fault}' of run {Run} is not installed here: the run is left to a node that has it")]
    private partial void UnknownFault(string fault, Guid run);
}

using System.Collections.Concurrent;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Features.Exercises;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Benchmarks.Plants;

/// <summary>Rule 9: goes on beating for every run it ever beat for, whatever became of the row lease.</summary>
internal sealed class BeatsBlindly : IRunBeat
{
    private readonly IRunBeat _inner;
    private readonly ConcurrentDictionary<Guid, string> _runs = [];

    public BeatsBlindly(IRunBeat inner)
    {
        _inner = inner;
        _ = Task.Run(BeatAllAsync);
    }

    public Task BeatAsync(string cluster, Guid runId, CancellationToken ct)
    {
        _runs[runId] = cluster;
        return _inner.BeatAsync(cluster, runId, ct);
    }

    public Task EndAsync(string cluster, Guid runId, CancellationToken ct)
    {
        _runs.TryRemove(runId, out _);
        return _inner.EndAsync(cluster, runId, ct);
    }

    private async Task BeatAllAsync()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            foreach (var (run, cluster) in _runs)
            {
                try { await _inner.BeatAsync(cluster, run, CancellationToken.None); }
                catch (Exception e) when (e is Kubernetes.KubernetesException or Kubernetes.ClusterUnreachableException) { } // next round
            }
        }
    }
}

/// <summary>Rule 12: an abort is only acted upon when the run's loop has come to the end of what it is doing.</summary>
internal sealed class AbortsLater(AbortExercise.Handler inner, IDbContextFactory<GameDayDbContext> databases) : IRequestHandler<AbortExercise.Command, AbortExercise.Answer>
{
    public Task<AbortExercise.Answer> Handle(AbortExercise.Command request, CancellationToken cancellationToken)
    {
        _ = Task.Run(() => LaterAsync(request), CancellationToken.None);
        return Task.FromResult(new AbortExercise.Answer(request.Id ?? Guid.Empty, "Aborting", Recorded: true));
    }

    private async Task LaterAsync(AbortExercise.Command request)
    {
        while (await IsBusyAsync(request.Id!.Value)) await Task.Delay(500);
        await inner.Handle(request, CancellationToken.None);
    }

    private async Task<bool> IsBusyAsync(Guid exercise)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Runs.AsNoTracking().AnyAsync(r => r.ExerciseId == exercise && (r.State == RunState.Baseline || r.State == RunState.Injecting || r.State == RunState.Observing));
    }
}

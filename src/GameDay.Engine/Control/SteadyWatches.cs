using System.Collections.Concurrent;
using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Engine.Probes;

namespace GameDay.Engine.Control;

/// <summary>Measures an exercise's probes from winding down until all clear, so that the answer is at hand when it is asked for.</summary>
internal sealed class SteadyWatches(IEnumerable<IProbeSource> sources, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Lazy<SteadyWatch>> _watches = [];

    public SteadyWatch Watch(Exercise exercise) =>
        _watches.GetOrAdd(exercise.Id, _ => new Lazy<SteadyWatch>(() => new SteadyWatch(exercise, [.. sources], clock))).Value;

    public async Task ForgetAsync(Guid exerciseId)
    {
        if (_watches.TryRemove(exerciseId, out var watch)) await watch.Value.DisposeAsync();
    }

    /// <summary>Another node may have given the all clear.</summary>
    public async Task KeepOnlyAsync(IReadOnlySet<Guid> windingDown)
    {
        foreach (var id in _watches.Keys.Where(id => !windingDown.Contains(id))) await ForgetAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _watches.Keys) await ForgetAsync(id);
    }
}

internal sealed class SteadyWatch : IAsyncDisposable
{
    private readonly ProbeBoard _probes;
    private readonly TimeProvider _clock;
    private readonly long _began;

    public SteadyWatch(Exercise exercise, IReadOnlyList<IProbeSource> sources, TimeProvider clock)
    {
        _clock = clock;
        _began = clock.GetTimestamp();
        var all = exercise.Plan.Experiments.SelectMany(e => e.Probes).DistinctBy(p => p with { Question = "" }).ToList();
        _probes = new ProbeBoard(exercise.Id, exercise.Plan.Cluster, all, [], clock);
        _probes.Start(sources);
    }

    /// <returns>Null when every probe was in tolerance that long; else what is missing.</returns>
    public string? Unsteady(TimeSpan time)
    {
        _probes.TakeNew();
        if (_probes.SteadyFor(time)) return null;
        var bad = _probes.Unsteady();
        return bad.Length > 0
            ? $"All clear waits for steady state; out of tolerance now: {bad}."
            : $"All clear waits until every probe was in tolerance for {time.TotalSeconds:0} s; measured for {_clock.GetElapsedTime(_began).TotalSeconds:0} s so far. Try again in a moment.";
    }

    public ValueTask DisposeAsync() => _probes.DisposeAsync();
}

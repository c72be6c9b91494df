using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Probes;

/// <summary>Polls the probes of one experiment until it is disposed; readings stay in memory until the recorder writes them.</summary>
internal sealed class ProbeBoard : IAsyncDisposable
{
    private const int MostKept = 20_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<ProbeTrack> _tracks;
    private readonly Guid _runId;
    private readonly string _cluster;
    private readonly TimeProvider _clock;
    private readonly Queue<ProbeSample> _samples = new();
    private readonly Queue<(EntryKind, string)> _entries = new();
    private readonly Lock _gate = new();
    private Task _polling = Task.CompletedTask;

    public ProbeBoard(Guid runId, string cluster, IReadOnlyList<ProbeSpec> probes, IReadOnlyList<AbortCondition> conditions, TimeProvider clock)
    {
        _runId = runId;
        _cluster = cluster;
        _clock = clock;
        _tracks = [.. probes.Select(p => new ProbeTrack(p, [.. conditions.Where(c => c.Probe == p.Name)], clock))];
    }

    public void Start(IReadOnlyList<IProbeSource> sources) =>
        _polling = Task.WhenAll(_tracks.Select(t => Task.Run(() => PollAsync(t, sources.FirstOrDefault(s => s.Handles(t.Spec)), _stop.Token))));

    public bool SteadyFor(TimeSpan time) => _tracks.All(t => t.SteadyFor(time));

    /// <summary>The first breached abort condition in words, or null.</summary>
    public string? Breach() => _tracks.Select(t => t.Breach()).FirstOrDefault(b => b is not null);

    public bool AllReadSince(long stamp) => _tracks.All(t => t.WasReadSince(stamp));

    /// <summary>Probes that were out of tolerance, or silent, ever since this moment of our own monotonic clock; empty when there is none.</summary>
    public string OutSince(long stamp) => string.Join(", ", _tracks.Where(t => t.WasOutSince(stamp)).Select(t => t.InWords()));

    /// <summary>Longest time between two readings of a probe.</summary>
    public TimeSpan Slowest => _tracks.Count == 0 ? TimeSpan.Zero : _tracks.Max(t => t.Spec.Every);

    public string InWords() => string.Join(", ", _tracks.Select(t => t.InWords()));

    public string Unsteady() => string.Join(", ", _tracks.Where(t => !t.SteadyFor(TimeSpan.Zero)).Select(t => t.InWords()));

    public (IReadOnlyList<ProbeSample> Samples, IReadOnlyList<(EntryKind Kind, string Text)> Entries) TakeNew()
    {
        lock (_gate)
        {
            (IReadOnlyList<ProbeSample>, IReadOnlyList<(EntryKind, string)>) taken = ([.. _samples], [.. _entries]);
            _samples.Clear();
            _entries.Clear();
            return taken;
        }
    }

    /// <summary>Something else that was observed, written with the readings.</summary>
    public void Say(EntryKind kind, string text)
    {
        lock (_gate) _entries.Enqueue((kind, text));
    }

    /// <summary>What could not be written goes back to the front.</summary>
    public void GiveBack(IReadOnlyList<ProbeSample> samples, IReadOnlyList<(EntryKind, string)> entries)
    {
        lock (_gate)
        {
            Prepend(_samples, samples);
            Prepend(_entries, entries);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polling;
        _stop.Dispose();
    }

    private async Task PollAsync(ProbeTrack track, IProbeSource? source, CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var began = _clock.GetTimestamp();
                Keep(track, await ReadAsync(track, source, ct));
                var rest = track.Spec.Every - _clock.GetElapsedTime(began);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, _clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Disposed: the run is over or somebody else's.
        }
    }

    private async Task<ProbeSample> ReadAsync(ProbeTrack track, IProbeSource? source, CancellationToken ct)
    {
        if (source is null) return track.Miss(_runId, "no source reads this kind of probe");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(3) + (track.Spec.Http?.Timeout ?? TimeSpan.Zero));
        try
        {
            var readings = await source.ReadAsync(_cluster, track.Spec, patience.Token);
            return readings.Count == 0 ? track.Miss(_runId, "an empty answer") : track.Take(_runId, readings);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return track.Miss(_runId, "no answer in time");
        }
        // Whatever kept a source from answering is the same here: no data.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return track.Miss(_runId, e.Message);
        }
    }

    private void Keep(ProbeTrack track, ProbeSample sample)
    {
        lock (_gate)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > MostKept) _samples.Dequeue();
            if (track.Changed(sample) is { } entry) _entries.Enqueue(entry);
        }
    }

    private static void Prepend<T>(Queue<T> queue, IReadOnlyList<T> front)
    {
        T[] rest = [.. queue];
        queue.Clear();
        foreach (var item in front) queue.Enqueue(item);
        foreach (var item in rest) queue.Enqueue(item);
    }
}

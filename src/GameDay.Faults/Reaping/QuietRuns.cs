namespace GameDay.Faults.Reaping;

/// <summary>
/// How long each run's Lease has shown no change, by our own monotonic clock (rule 9): what a Lease says of the time is
/// some engine's word and is not believed.
/// </summary>
internal sealed class QuietRuns(TimeProvider clock)
{
    /// <summary>A longer pause between two readings shows nothing of the runs: who could not read could not have seen a beat.</summary>
    private static readonly TimeSpan LongestBlink = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, (string Beat, long Since)> _seen = [];
    private long _readAt = clock.GetTimestamp();

    /// <param name="runs">Those with something in place; the others are forgotten.</param>
    /// <param name="beats">By run: anything that differs after each beat. A run without a Lease is not there.</param>
    public void Observe(IEnumerable<Guid> runs, IReadOnlyDictionary<Guid, string> beats)
    {
        var now = clock.GetTimestamp();
        var blind = clock.GetElapsedTime(_readAt, now) > LongestBlink ? now - _readAt : 0;
        _readAt = now;
        var live = runs.ToHashSet();
        foreach (var gone in _seen.Keys.Where(run => !live.Contains(run)).ToList())
            _seen.Remove(gone);
        foreach (var run in live)
        {
            var beat = beats.GetValueOrDefault(run, "");
            var known = _seen.TryGetValue(run, out var before) && before.Beat == beat;
            _seen[run] = known ? before with { Since = before.Since + blind } : (beat, now);
        }
    }

    public TimeSpan SilenceOf(Guid run) => _seen.TryGetValue(run, out var seen) ? clock.GetElapsedTime(seen.Since) : TimeSpan.Zero;
}

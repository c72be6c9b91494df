namespace GameDay.Faults.Reaping;

/// <summary>
/// How long each run's Lease has shown no change, by our own monotonic clock (rule 9): what a Lease says of the time is
/// some engine's word and is not believed.
/// </summary>
internal sealed class QuietRuns(TimeProvider clock)
{
    private readonly Dictionary<Guid, (string Beat, long Since)> _seen = [];

    /// <param name="runs">Those with something in place; the others are forgotten.</param>
    /// <param name="beats">By run: anything that differs after each beat. A run without a Lease is not there.</param>
    public void Observe(IEnumerable<Guid> runs, IReadOnlyDictionary<Guid, string> beats)
    {
        var live = runs.ToHashSet();
        foreach (var gone in _seen.Keys.Where(run => !live.Contains(run)).ToList())
            _seen.Remove(gone);
        foreach (var run in live)
        {
            var beat = beats.GetValueOrDefault(run, "");
            if (!_seen.TryGetValue(run, out var before) || before.Beat != beat)
                _seen[run] = (beat, clock.GetTimestamp());
        }
    }

    public TimeSpan SilenceOf(Guid run) => _seen.TryGetValue(run, out var seen) ? clock.GetElapsedTime(seen.Since) : TimeSpan.Zero;
}

namespace GameDay.Faults.Reaping;

/// <summary>When a fault's end is the reaper's to bring about. An engine that shows life gets a moment to do it itself.</summary>
internal sealed class DueRule(ReaperOptions options, TimeProvider clock)
{
    private static readonly TimeSpan FreshBeat = TimeSpan.FromSeconds(6);
    private readonly Dictionary<string, long> _wanted = new(StringComparer.Ordinal);

    /// <summary>Why now; null while it is not due.</summary>
    /// <param name="silence">How long its run's Lease has not changed.</param>
    public string? Why(Held held, Reading reading, TimeSpan silence)
    {
        var deadline = held.Content.Order.Deadline;
        if (reading.Halted)
            return "halt is in force";
        if (held.ProvedBefore)
            return "its entry says it is gone, and it is here";
        if (silence >= options.Quiet)
            return $"its run's lease has shown no change for {silence.TotalSeconds:0} s";
        if (reading.ServerNow >= deadline + (silence < FreshBeat ? options.Grace : TimeSpan.Zero))
            return $"its deadline {deadline:HH:mm:ss} UTC has passed";
        return WantedFor(held) >= options.Grace ? "its end is wanted and not proved" : null;
    }

    public void Forget(IReadOnlySet<string> present)
    {
        foreach (var gone in _wanted.Keys.Where(key => !present.Contains(key)).ToList())
            _wanted.Remove(gone);
    }

    private TimeSpan WantedFor(Held held)
    {
        if (held.Content.Wanted != "Reverted")
            return TimeSpan.Zero - TimeSpan.FromTicks(1);
        if (!_wanted.TryGetValue(held.Key, out var since))
            _wanted[held.Key] = since = clock.GetTimestamp();
        return clock.GetElapsedTime(since);
    }
}

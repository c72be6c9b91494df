using GameDay.Domain;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>Many ends at once, each tried until it is proved: one that fails or hangs stops no other (rule 11).</summary>
internal sealed class ReapWork(Reap reap, ReapAlarm alarm, ReaperOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LandingPause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _first = new(options.AtOnce);
    /// <summary>Places of their own, so that what cannot be ended now holds up nothing that is newly due.</summary>
    private readonly SemaphoreSlim _again = new(options.AtOnce);

    /// <summary>Starts what is due and neither under way nor resting; returns at once.</summary>
    public void Begin(IEnumerable<(Held Held, string Why)> due, CancellationToken ct)
    {
        foreach (var (held, why) in due)
        {
            var attempt = _attempts.TryGetValue(held.Key, out var known) && known.Injection == held.Content.Order.InjectionId ? known : _attempts[held.Key] = new(held.Content.Order.InjectionId);
            if (!attempt.Running.IsCompleted || clock.GetElapsedTime(attempt.EndedAt) < attempt.Pause)
                continue;
            if (attempt.Count++ == 0)
                alarm.Began(held, why);
            attempt.Running = OneAsync(held, attempt, ct);
        }
    }

    public void Forget(IReadOnlySet<string> present)
    {
        foreach (var key in _attempts.Where(entry => entry.Value.Running.IsCompleted && !present.Contains(entry.Key)).Select(entry => entry.Key).ToList())
            _attempts.Remove(key);
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    public Task IdleAsync() => Task.WhenAll(_attempts.Values.Select(attempt => attempt.Running));

    public void Dispose()
    {
        _first.Dispose();
        _again.Dispose();
    }

    private async Task OneAsync(Held held, Attempt attempt, CancellationToken ct)
    {
        await Task.Yield();
        var outcome = await TryAsync(held, attempt.Failures == 0 ? _first : _again, ct);
        attempt.EndedAt = clock.GetTimestamp();
        attempt.Pause = outcome.Result switch
        {
            ReapResult.NotBefore => LandingPause,
            // What was found by a search is looked at again only after the next one.
            ReapResult.Proved => held.FromLedger ? TimeSpan.Zero : options.Search * 2,
            _ => Longer(attempt.Failures++),
        };
        if (outcome.Result != ReapResult.NotBefore)
            await alarm.EndedAsync(held, outcome, attempt.Failures, ct);
    }

    private async Task<ReapOutcome> TryAsync(Held held, SemaphoreSlim places, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await places.WaitAsync(ct);
            patience.CancelAfter(options.AttemptWithin);
            try { return await reap.RunAsync(held, patience.Token); }
            finally { places.Release(); }
        }
        catch (OperationCanceledException)
        {
            return new(ReapResult.Unproved, ct.IsCancellationRequested ? "the reaper is stopping" : $"no end within {options.AttemptWithin.TotalSeconds:0} s");
        }
        catch (Exception refusal) when (refusal is KubernetesException or ClusterUnreachableException or RuleBroken)
        {
            return new(ReapResult.Unproved, refusal.Message);
        }
        // A kind that breaks on what it reads must not stop the other faults' end: it stays unproved, and is tried again.
        catch (Exception broken)
        {
            return new(ReapResult.Unproved, broken.ToString());
        }
    }

    private static TimeSpan Longer(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, 6));
        return pause < LongestPause ? pause : LongestPause;
    }

    private sealed class Attempt(Guid injection)
    {
        public Guid Injection { get; } = injection;
        public Task Running { get; set; } = Task.CompletedTask;
        public long EndedAt { get; set; }
        public TimeSpan Pause { get; set; } = TimeSpan.Zero;
        public int Count { get; set; }
        public int Failures { get; set; }
    }
}

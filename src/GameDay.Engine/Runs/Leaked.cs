using GameDay.Domain.Experiments;

namespace GameDay.Engine.Runs;

/// <summary>Tries again, ever less often but never giving up, and at once when somebody asks.</summary>
internal sealed class Leaked(Journal journal, EngineOptions options, TimeProvider clock)
{
    public async Task GoAsync(OwnedRun own, CancellationToken ct)
    {
        var attempts = (await journal.ReadAsync(own, ct)).Injections.Max(i => i.RevertAttempts);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(Pause(attempts), clock, either.Token), own.RetryAskedAsync(either.Token));
        await either.CancelAsync();
        ct.ThrowIfCancellationRequested();
        await journal.WriteAsync(own, entry =>
        {
            if (RunLifecycle.Allows(entry.Run.State, RunTrigger.Retry)) entry.Run.Move(RunTrigger.Retry, clock.GetUtcNow());
        }, ct);
    }

    private TimeSpan Pause(int attempts)
    {
        var doubled = options.RetryAfter * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return doubled < options.RetryAtMost ? doubled : options.RetryAtMost;
    }
}

using GameDay.Domain.Experiments;

namespace GameDay.Engine.Runs;

/// <summary>
/// Watches over an injection under way, which may take many calls: it stops before the next one once the lease is old by our own
/// clock (revert protocol, rule 9) or the first fault's time is up.
/// </summary>
internal sealed class RightToSend : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly OwnedRun _own;
    private readonly EngineOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _watching;

    public RightToSend(OwnedRun own, EngineOptions options, TimeProvider clock, CancellationToken ct)
    {
        _own = own;
        _options = options;
        _clock = clock;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _watching = WatchAsync();
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Why the right is gone; null while it is there.</summary>
    public string? Lapsed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _over.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await Task.Delay(Look, _clock, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested || Problem() is not { } problem) continue;
            Lapsed = problem;
            await _stop.CancelAsync();
            return;
        }
    }

    private string? Problem() =>
        _own.Lease.Age > _options.SendWithin ? $"the lease was last renewed {_own.Lease.Age.TotalSeconds:0.#} s ago; nothing is sent on an old lease"
        : _own.Live.Values.Any(IsOverdue) ? "the first fault's time was up before all were injected"
        : null;

    private bool IsOverdue(LiveInjection live) =>
        live is { MayBeSent: true, ClaimedStamp: { } claimed, Undo: { Layer: not "none" } } && _clock.GetElapsedTime(claimed) > _own.Experiment.Duration + _options.OverdueAfter;
}

namespace GameDay.Engine;

/// <summary>Wakes one waiting loop; pulses while it is busy count once.</summary>
internal sealed class Signal
{
    private readonly SemaphoreSlim _pulse = new(0, 1);
    private readonly Lock _gate = new();

    public void Pulse()
    {
        lock (_gate)
        {
            if (_pulse.CurrentCount == 0) _pulse.Release();
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _pulse.WaitAsync(atMost, ct);
}

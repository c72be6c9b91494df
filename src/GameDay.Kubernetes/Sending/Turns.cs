namespace GameDay.Kubernetes;

/// <summary>
/// Whose turn it is: reads wait for the rate limit and for a free place. A change never waits, since it was decided against a
/// clock and may not land late; nor does anything urgent. Both still use up the rate, which then holds back the reads.
/// </summary>
internal sealed class Turns : IDisposable
{
    private readonly RequestRate? _rate;
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _clock;

    public Turns(KubernetesClientConfiguration config, TimeProvider clock)
    {
        _rate = config.Qps > 0 ? new(config.Qps, Math.Max(1, config.Burst), clock) : null;
        _places = new(Math.Max(1, config.MaxInFlight));
        _clock = clock;
    }

    /// <returns>To be disposed when the answer was read.</returns>
    public async Task<Turn> TakeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.IsMutating || request.IsLong || Urgency.IsUrgent)
        {
            _rate?.TakeAtOnce();
            return default;
        }

        await WaitForRateAsync(cancellationToken);
        await _places.WaitAsync(cancellationToken);
        return new(_places);
    }

    public void Dispose() => _places.Dispose();

    private async Task WaitForRateAsync(CancellationToken cancellationToken)
    {
        if (_rate?.Take() is not { } wait || wait <= TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(wait, _clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _rate.GiveBack();
            throw;
        }
    }

    internal readonly struct Turn(SemaphoreSlim? place) : IDisposable
    {
        public void Dispose() => place?.Release();
    }
}

namespace GameDay.Kubernetes;

/// <summary>A bucket of tokens, refilled at a steady rate: how long the next request has to wait.</summary>
internal sealed class RequestRate(double perSecond, int burst, TimeProvider clock)
{
    private readonly Lock _one = new();
    private double _tokens = burst;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a token, and says how long it takes until it is really there.</summary>
    public TimeSpan Take()
    {
        lock (_one)
        {
            Refill();
            _tokens--;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }
    }

    /// <summary>For a request that does not wait: others wait in its place, but never more than a burst of such requests long.</summary>
    public void TakeAtOnce()
    {
        lock (_one)
        {
            Refill();
            if (_tokens > -burst)
                _tokens--;
        }
    }

    /// <summary>Nobody sent what this token was taken for.</summary>
    public void GiveBack()
    {
        lock (_one)
            _tokens = Math.Min(burst, _tokens + 1);
    }

    private void Refill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + clock.GetElapsedTime(_at, now).TotalSeconds * perSecond);
        _at = now;
    }
}

namespace GameDay.Kubernetes;

/// <summary>The API server's clock, learnt from the Date header of its answers and carried on by our monotonic one.</summary>
public sealed class ServerClock(TimeProvider clock)
{
    private volatile Reading? _last;

    /// <summary>Null until the server has answered once. Exact to about a second, as the header is.</summary>
    public DateTimeOffset? Now => _last is { } last ? last.Date + clock.GetElapsedTime(last.Timestamp) : null;

    /// <summary>How long ago the server last answered. Null when it never has.</summary>
    public TimeSpan? Age => _last is { } last ? clock.GetElapsedTime(last.Timestamp) : null;

    /// <summary>The server's clock less ours, from the last answer.</summary>
    public TimeSpan? Skew => Now is { } now ? now - clock.GetUtcNow() : null;

    internal void Observe(DateTimeOffset date) => _last = new(date, clock.GetTimestamp());

    private sealed record Reading(DateTimeOffset Date, long Timestamp);
}

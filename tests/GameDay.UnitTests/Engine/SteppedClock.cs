namespace GameDay.UnitTests.Engine;

/// <summary>A clock that moves only when the test says so, monotonic time included.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Step(double seconds) => _now = _now.AddSeconds(seconds);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;
}

namespace GameDay.Sandbox.Api.Clock;

/// <summary>The server's clock: the machine's, set wrong on request. What it says may jump; time that passes never does.</summary>
public sealed class ServerClock(TimeProvider machine) : TimeProvider
{
    private long _offset;

    /// <summary>How far this clock is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _offset));
        set => Volatile.Write(ref _offset, value.Ticks);
    }

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}

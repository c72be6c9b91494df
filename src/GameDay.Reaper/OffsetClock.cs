using System.Globalization;

namespace GameDay.Reaper;

/// <summary>
/// The machine's clock, or one that goes wrong by <c>GAMEDAY_CLOCK_OFFSET</c> seconds: our own reliability tests show with it that
/// no wall clock decides anything. The monotonic clock is the machine's in any case.
/// </summary>
internal sealed class OffsetClock(TimeSpan offset) : TimeProvider
{
    public static TimeProvider FromEnvironment() =>
        double.TryParse(Environment.GetEnvironmentVariable("GAMEDAY_CLOCK_OFFSET"), CultureInfo.InvariantCulture, out var seconds) ? new OffsetClock(TimeSpan.FromSeconds(seconds)) : System;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}

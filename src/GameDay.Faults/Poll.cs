using System.Diagnostics;

namespace GameDay.Faults;

/// <summary>Reads until the reading is good or the time is up; the last reading either way.</summary>
internal static class Poll
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> good, TimeSpan within, TimeSpan pause, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var reading = await read();
            if (good(reading) || Stopwatch.GetElapsedTime(started) >= within)
                return reading;
            await Task.Delay(pause, ct);
        }
    }
}

using System.Collections.Concurrent;

namespace GameDay.Sandbox.Controllers;

/// <summary>Holds back work on large objects, as real controllers batch: thousands of pods coming up would otherwise each cost a look at all.</summary>
internal sealed class Pace(TimeProvider clock, TimeSpan interval)
{
    private const int Large = 200;
    private readonly ConcurrentDictionary<ObjectKey, long> worked = new();

    /// <summary>How long to wait before working on an object again; null: not at all.</summary>
    public TimeSpan? Left(ObjectKey key) =>
        worked.TryGetValue(key, out var last) && interval - clock.GetElapsedTime(last) is var left && left > TimeSpan.Zero ? left : null;

    /// <param name="size">How many parts it was that were looked at.</param>
    public void Done(ObjectKey key, int size)
    {
        if (size > Large)
        {
            worked[key] = clock.GetTimestamp();
        }
        else
        {
            worked.TryRemove(key, out _);
        }
    }
}

using System.Diagnostics;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>Short ways to time calls.</summary>
internal static class Stopwatches
{
    public static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>How many a second, ten at once.</summary>
    public static async Task<double> RateAsync(int count, Func<int, CancellationToken, Task> call, CancellationToken ct)
    {
        var took = await TimeAsync(() => Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct }, async (i, stop) => await call(i, stop)));
        return count / took.TotalSeconds;
    }
}

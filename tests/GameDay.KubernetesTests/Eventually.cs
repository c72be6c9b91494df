using System.Diagnostics;

namespace GameDay.KubernetesTests;

/// <summary>Looks until it is so, with a generous deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task Async(Func<Task<bool>> holds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"{what} did not come within {Patience.TotalSeconds} s");
            await Task.Delay(50);
        }
    }
}

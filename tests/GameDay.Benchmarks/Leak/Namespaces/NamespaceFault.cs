using System.Diagnostics;
using GameDay.Benchmarks.Leak.Judging;

namespace GameDay.Benchmarks.Leak.Namespaces;

/// <param name="KilledAfter">When the agent gets its SIGKILL, counted from the effect; null: it lives.</param>
internal sealed record NamespaceFault(string Id, TimeSpan Duration, TimeSpan? KilledAfter)
{
    private static readonly TimeSpan EffectWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <param name="Lateness">Seconds past the deadline; null when the effect was never seen.</param>
    internal sealed record Judged(Violation? Violation, double? Lateness, string? Problem = null);

    public static NamespaceFault Draw(int number, Random chance)
    {
        var duration = TimeSpan.FromSeconds(5 + (chance.NextDouble() * 6));
        return new NamespaceFault($"{number:x8}", duration, chance.Next(4) > 0 ? duration * chance.NextDouble() : null);
    }

    public async Task<Judged> RunAsync(VethPair pair, string agent, CancellationToken ct)
    {
        var notAfter = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        string[] words = [.. pair.Near, agent, "inject", "--id", Id, "--drop", "--to", VethPair.Peer, "--duration", $"{Duration.TotalMilliseconds:0}ms", "--deadline-in", $"{Duration.TotalMilliseconds:0}ms", "--not-after", notAfter];
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync(ct);
        try
        {
            if (!await UntilAsync(async () => await pair.HasLiveTableAsync(ct) && !await pair.IsOpenAsync(ct), () => watch.Elapsed < EffectWithin && !process.HasExited, ct))
            {
                process.Kill();
                return new Judged(null, null, $"no effect was seen: {await said}");
            }
            if (KilledAfter is { } at)
            {
                await Task.Delay(at, ct);
                process.Kill();
            }
            return await EndAsync(pair, watch, ct);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private async Task<Judged> EndAsync(VethPair pair, Stopwatch watch, CancellationToken ct)
    {
        var limit = Duration + Rulings.Grace;
        if (!await UntilAsync(async () => !await pair.HasLiveTableAsync(ct) && await pair.IsOpenAsync(ct), () => watch.Elapsed < limit, ct))
            return new Judged(new Violation("leak", $"fault {Id} in a real namespace is there {(watch.Elapsed - Duration).TotalSeconds:0} s after its deadline{(KilledAfter is null ? "" : ", its agent killed")}", TimeProvider.System.GetUtcNow()), (watch.Elapsed - Duration).TotalSeconds);
        return new Judged(null, Math.Max(0, (watch.Elapsed - Duration).TotalSeconds));
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> holds, Func<bool> goOn, CancellationToken ct)
    {
        while (!await holds())
        {
            if (!goOn()) return false;
            await Task.Delay(Glance, ct);
        }
        return true;
    }
}

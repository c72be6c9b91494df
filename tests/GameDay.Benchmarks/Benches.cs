using GameDay.Benchmarks.Abort;
using GameDay.Benchmarks.Failover;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Kill;
using GameDay.Benchmarks.Leak;
using GameDay.Benchmarks.SandboxItself;
using GameDay.Benchmarks.Select;
using GameDay.Benchmarks.Watch;

namespace GameDay.Benchmarks;

/// <summary>The benches by name, in the order in which all of them run.</summary>
internal static class Benches
{
    public static readonly IReadOnlyDictionary<string, Func<BenchOptions, CancellationToken, Task<IReadOnlyList<Figure>>>> All =
        new Dictionary<string, Func<BenchOptions, CancellationToken, Task<IReadOnlyList<Figure>>>>(StringComparer.Ordinal)
        {
            ["kill"] = (_, ct) => KillBench.RunAsync(ct),
            ["abort"] = (_, ct) => AbortBench.RunAsync(ct),
            ["failover"] = (_, ct) => FailoverBench.RunAsync(ct),
            ["leak"] = LeakBench.RunAsync,
            ["sandbox"] = (_, ct) => SandboxBench.RunAsync(ct),
            ["select"] = (_, ct) => SelectBench.RunAsync(ct),
            ["watch"] = (_, ct) => WatchBench.RunAsync(ct),
        };
}

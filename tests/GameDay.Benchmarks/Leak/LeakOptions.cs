namespace GameDay.Benchmarks.Leak;

/// <param name="Faults">Fewest faults in all.</param>
/// <param name="InNamespaces">Of these, in real network namespaces.</param>
/// <param name="Stacks">Whole products side by side.</param>
/// <param name="Longest">After this no new trial begins.</param>
internal sealed record LeakOptions(int Faults, int InNamespaces, int Stacks, TimeSpan Longest, int Seed)
{
    public static LeakOptions Of(BenchOptions o) => o.Quick
        ? new(o.Faults ?? 60, o.Faults is { } few ? few / 5 : 12, o.Stacks ?? 2, TimeSpan.FromSeconds(75), o.Seed)
        : new(o.Faults ?? 1000, Math.Max(1, (o.Faults ?? 1000) / 5), o.Stacks ?? 3, TimeSpan.FromMinutes(40), o.Seed);
}

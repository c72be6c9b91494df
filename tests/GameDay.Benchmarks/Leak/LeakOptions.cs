namespace GameDay.Benchmarks.Leak;

/// <param name="Faults">Fewest faults in all.</param>
/// <param name="InNamespaces">Of these, in real network namespaces.</param>
/// <param name="Stacks">Whole products side by side.</param>
/// <param name="Longest">After this no new trial begins.</param>
/// <param name="Quick">For a machine that may make no namespaces, and that may be slow.</param>
internal sealed record LeakOptions(int Faults, int InNamespaces, int Stacks, TimeSpan Longest, int Seed, bool Quick)
{
    public static LeakOptions Of(BenchOptions o) => o.Quick
        ? new(o.Faults ?? 60, (o.Faults ?? 60) / 5, o.Stacks ?? 2, TimeSpan.FromSeconds(100), o.Seed, Quick: true)
        : new(o.Faults ?? 1000, (o.Faults ?? 1000) / 5, o.Stacks ?? 3, TimeSpan.FromMinutes(40), o.Seed, Quick: false);
}

using System.CommandLine;

namespace GameDay.Benchmarks;

/// <param name="Seed">Of everything that is drawn at random; printed, so that a run can be repeated.</param>
internal sealed record BenchOptions(int Seed)
{
    public string? Wrong => null;

    public static Func<ParseResult, BenchOptions> AddTo(Command command)
    {
        var seed = new Option<int?>("--seed") { Description = "Seed of what is drawn at random. Default: a new one, printed." };
        command.Options.Add(seed);
        return parsed => new BenchOptions(parsed.GetValue(seed) ?? Environment.TickCount & int.MaxValue);
    }
}

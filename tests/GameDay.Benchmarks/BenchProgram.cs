using System.CommandLine;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks;

/// <summary><c>./gameday bench [NAME…] [--json FILE]</c>: figures beside their limits. Exit 0 all within, 1 one is past its limit, 2 wrong usage.</summary>
internal static class BenchProgram
{
    private const int Past = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        var names = new Argument<string[]>("name") { Description = $"Which: {string.Join(", ", Benches.All.Keys)}. None: all of them.", DefaultValueFactory = _ => [] };
        var json = new Option<string?>("--json") { Description = "Writes the same figures to this file." };
        var root = new RootCommand("Measures GameDay's promises.") { names, json, Plants.HostCommand.Create(), Select.SelectOnceCommand.Create(), Watch.WatchOnceCommand.Create() };
        var read = BenchOptions.AddTo(root);
        root.SetAction(async (parsed, ct) => await MeasureAsync(parsed.GetValue(names)!, parsed.GetValue(json), read(parsed), ct));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
        await Console.Error.WriteLineAsync($"gameday bench: {parsed.Errors[^1].Message} Run './gameday bench --help'.");
        return WrongUsage;
    }

    private static async Task<int> MeasureAsync(string[] names, string? json, BenchOptions options, CancellationToken ct)
    {
        if (Wrong(names, options) is { } wrong)
        {
            await Console.Error.WriteLineAsync($"gameday bench: {wrong}");
            return WrongUsage;
        }
        var figures = new List<Figure>();
        try
        {
            foreach (var name in names.Length > 0 ? names.Distinct(StringComparer.Ordinal) : Benches.All.Keys)
                figures.AddRange(await Benches.All[name](options, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return Interrupted; }
        catch (StageFailed failed)
        {
            await Console.Error.WriteLineAsync($"gameday bench: {failed.Message}");
            return Past;
        }
        finally
        {
            Console.Write(FigureTable.Of(figures));
            if (json is not null) await File.WriteAllTextAsync(json, FigureJson.Of(figures), CancellationToken.None);
        }
        return figures.Any(f => f.IsPast) ? Past : 0;
    }

    private static string? Wrong(string[] names, BenchOptions options)
    {
        if (names.FirstOrDefault(n => !Benches.All.ContainsKey(n)) is { } unknown) return $"there is no bench '{unknown}'; use {string.Join(", ", Benches.All.Keys)}.";
        return options.Wrong;
    }
}

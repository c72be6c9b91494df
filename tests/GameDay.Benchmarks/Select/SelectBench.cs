using System.Diagnostics;
using System.Globalization;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;
using GameDay.Domain.Experiments;

namespace GameDay.Benchmarks.Select;

/// <summary>
/// The target preview over 5,000 pods on 500 nodes, beside <c>kubectl get pods -l … -o name</c> on the same server, taken in turns.
/// GameDay runs already when a person asks it, kubectl is started; so a cold start stands beside it.
/// </summary>
internal static class SelectBench
{
    private const int Rounds = 7;
    private const double MostOfKubectl = 1.0;
    private static readonly string[] Names = ["-n", BigCrowd.Ns, "get", "pods", "-l", $"app={BigCrowd.App}", "-o", "name"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var sandbox = await SandboxNode.StartAsync(ct);
        await BigCrowd.MakeAsync(sandbox.Api, ct);
        var kubectl = new Kubectl(sandbox.Home);
        var figures = new List<Figure>();
        var times = await TimesAsync(sandbox, kubectl, ct);
        figures.Add(Of("kubectl get pods -l -o name, median", times.Kubectl, "s"));
        foreach (var (name, choose, took) in ((string, Choice, double)[])[("ten chosen of 5,000", Choice.Count, times.Ten), ("all 5,000 described", Choice.All, times.All)])
        {
            figures.Add(Of($"preview, {name}, median", took, "s"));
            figures.Add(Of($"preview, {name}, to kubectl", took / times.Kubectl, "×") with { AtMost = MostOfKubectl, Note = "GameDay is running, as when a person asks it" });
            figures.AddRange(await ColdAsync(sandbox, name, choose, times.Kubectl, ct));
        }
        figures.Add(Of("kubectl, peak memory", times.KubectlPeak, "MB"));
        figures.AddRange(await BytesAsync(sandbox, kubectl, ct));
        return figures;
    }

    private static async Task<Times> TimesAsync(SandboxNode sandbox, Kubectl kubectl, CancellationToken ct)
    {
        using var running = new Selection(sandbox.Kubeconfig);
        List<double> theirs = [], ten = [], all = [];
        var peak = 0.0;
        for (var round = -2; round < Rounds; round++)
        {
            var their = await kubectl.RunAsync(sandbox.Kubeconfig, ct, Names);
            if (their.Lines != BigCrowd.Pods) throw new StageFailed($"kubectl named {their.Lines} pods");
            var (few, whole) = (await running.RunAsync(Choice.Count, ct), await running.RunAsync(Choice.All, ct));
            if (round < 0) continue; // both warm up
            theirs.Add(their.Took.TotalSeconds);
            ten.Add(few.TotalSeconds);
            all.Add(whole.TotalSeconds);
            peak = Math.Max(peak, their.PeakMegabytes);
        }
        return new(Percentiles.Of(theirs, 50), Percentiles.Of(ten, 50), Percentiles.Of(all, 50), peak);
    }

    private static async Task<IEnumerable<Figure>> ColdAsync(SandboxNode sandbox, string name, Choice choose, double kubectl, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var once = await FreshAsync(sandbox, choose, 1, ct);
        var cold = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return
        [
            Of($"preview, {name}, from a cold start", cold, "s") with { Note = $"{cold / kubectl:0.0} × kubectl; a fresh .NET process, started and ended" },
            Of($"preview, {name}, peak memory", once, "MB") with { Note = "of that process, the runtime included" },
            Of($"preview, {name}, peak memory of ten in a row", await FreshAsync(sandbox, choose, 10, ct), "MB"),
        ];
    }

    private static async Task<double> FreshAsync(SandboxNode sandbox, Choice choose, int times, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Built.Host, "select-once", "--kubeconfig", sandbox.Kubeconfig, "--choose", choose.ToString(), "--times", $"{times}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new StageFailed("the preview's process did not start");
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new StageFailed($"the preview's process failed: {output}");
    }

    private static async Task<IEnumerable<Figure>> BytesAsync(SandboxNode sandbox, Kubectl kubectl, CancellationToken ct)
    {
        using var relay = new ByteRelay(sandbox.Kubeconfig);
        await kubectl.RunAsync(relay.Kubeconfig, ct, Names); // discovery
        relay.Take();
        await kubectl.RunAsync(relay.Kubeconfig, ct, Names);
        var theirs = relay.Take();
        using var selection = new Selection(relay.Kubeconfig);
        await selection.RunAsync(Choice.Count, ct);
        var ten = relay.Take();
        await selection.RunAsync(Choice.All, ct);
        return
        [
            Of("kubectl, received", theirs / 1e6, "MB"), Of("preview, ten chosen of 5,000, received", ten / 1e6, "MB"), Of("preview, all 5,000 described, received", relay.Take() / 1e6, "MB"),
        ];
    }

    private static Figure Of(string name, double value, string unit) => new("select", name, value, unit);

    private sealed record Times(double Kubectl, double Ten, double All, double KubectlPeak);
}

using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>The same calls to the sandbox and to a real kube-apiserver on this machine, when one was built: 1,000 pods that fit on no node.</summary>
internal static class BesideReal
{
    private const string Ns = "bench-real";
    private const int Pods = 1000;

    public static async Task<IEnumerable<Figure>> MeasureAsync(KubeApi sandbox, CancellationToken ct)
    {
        if (RealServer.Assets is not { } assets)
        {
            Progress.Say("sandbox: no real API server was built on this machine (./gameday test kubernetes builds one), so there is no ratio to it");
            return [];
        }
        await using var real = await RealServer.StartAsync(assets, ct);
        var (ours, theirs) = (await OneAsync(sandbox, ct), await OneAsync(real.Api, ct));
        Figure Ratio(string name, double our, double their, string unit) => new("sandbox", $"{name}, sandbox to real API server", our / their, "×") { Note = $"{our:0} and {their:0} {unit}" };
        return
        [
            Ratio("create pods", ours.Creates, theirs.Creates, "1/s"),
            Ratio($"list {Pods} pods", ours.Lists, theirs.Lists, "1/s"),
            Ratio("delete pods", ours.Deletes, theirs.Deletes, "1/s"),
        ];
    }

    private static async Task<(double Creates, double Lists, double Deletes)> OneAsync(KubeApi api, CancellationToken ct)
    {
        await new Crowd(api).NamespaceAsync(Ns, ct);
        var creates = await Stopwatches.RateAsync(Pods, (i, stop) => api.PostAsync($"api/v1/namespaces/{Ns}/pods", Pod(i), stop), ct);
        var lists = await Stopwatches.RateAsync(100, (_, stop) => api.BytesAsync($"api/v1/namespaces/{Ns}/pods", stop), ct);
        var deletes = await Stopwatches.RateAsync(Pods, (i, stop) => api.DeleteAsync($"api/v1/namespaces/{Ns}/pods/p-{i}", """{"gracePeriodSeconds":0}""", stop), ct);
        return (creates, lists, deletes);
    }

    private static string Pod(int i) =>
        $$$"""{"metadata":{"name":"p-{{{i}}}","labels":{"app":"bench"}},"spec":{"nodeSelector":{"no":"such-node"},"containers":[{"name":"main","image":"example.com/ghost:1"}]}}""";
}

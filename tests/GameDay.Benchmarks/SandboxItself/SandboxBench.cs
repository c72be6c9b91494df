using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Figures;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>The sandbox itself: its start, 5,000 pods on 500 nodes, what they hold and cost at rest, and how fast it answers beside them.</summary>
internal static class SandboxBench
{
    private const string Ns = "bench-sandbox";
    private const int Nodes = 500;
    private const int Pods = 5000;
    private const int PerDeployment = 50;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken ct)
    {
        await using var sandbox = await SandboxNode.StartAsync(ct);
        Progress.Say($"sandbox: ready after {sandbox.StartedIn.TotalSeconds:0.00} s");
        return
        [
            new("sandbox", "start to ready, shop included", sandbox.StartedIn.TotalSeconds, "s") { AtMost = 15 },
            .. await CrowdAsync(sandbox, ct),
            .. await ReadsAsync(sandbox, ct),
            .. await PodStarts.MeasureAsync(sandbox.Api, Ns, ct),
            .. await DeletesAsync(sandbox, ct),
            .. await BesideReal.MeasureAsync(sandbox.Api, ct),
        ];
    }

    private static async Task<IEnumerable<Figure>> CrowdAsync(SandboxNode sandbox, CancellationToken ct)
    {
        var there = (await sandbox.Api.ListAsync("api/v1/nodes", ct)).Count;
        await Stopwatches.RateAsync(Nodes - there, (i, stop) => sandbox.Api.PostAsync("api/v1/nodes", Node(i), stop), ct);
        var crowd = new Crowd(sandbox.Api);
        await crowd.NamespaceAsync(Ns, ct);
        await ShopGoneAsync(sandbox, ct);
        var before = await sandbox.LiveBytesAsync(ct);
        var processor = sandbox.Processor();
        var took = await Stopwatches.TimeAsync(() => crowd.DeploymentsAsync(Ns, "crowd", Pods / PerDeployment, PerDeployment, ct));
        var used = sandbox.Processor() - processor;
        Progress.Say($"sandbox: {Pods} pods run after {took.TotalSeconds:0.0} s and {used.TotalSeconds:0.0} s of processor time");
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        var perPod = (await sandbox.LiveBytesAsync(ct) - before) / 1000.0 / Pods;
        processor = sandbox.Processor();
        await Task.Delay(Rest, ct);
        var idle = (sandbox.Processor() - processor) / Rest * 100;
        return
        [
            new("sandbox", $"{Pods} pods on {Nodes} nodes, until all run", took.TotalSeconds, "s") { AtMost = 90, Note = $"{Pods / PerDeployment} deployments" },
            new("sandbox", "processor time of that", used.TotalSeconds, "s") { AtMost = 20 },
            new("sandbox", "memory per idle pod", perPod, "kB") { AtMost = 20, Note = "live after a full collection, with its two events, its place in indexes and its share of what is remembered for watches" },
            new("sandbox", $"processor at rest with {Pods} pods", idle, "%") { AtMost = 10, Note = $"of one core, over {Rest.TotalSeconds:0} s" },
        ];
    }

    private static async Task ShopGoneAsync(SandboxNode sandbox, CancellationToken ct)
    {
        while ((await sandbox.Api.ListAsync("api/v1/namespaces/shop/pods", ct)).Count > 0) await Task.Delay(200, ct);
    }

    private static async Task<IEnumerable<Figure>> ReadsAsync(SandboxNode sandbox, CancellationToken ct)
    {
        var times = new List<double>();
        var bytes = 0;
        for (var i = 0; i < 20; i++)
            times.Add((await Stopwatches.TimeAsync(async () => bytes = await sandbox.Api.BytesAsync($"api/v1/namespaces/{Ns}/pods", ct))).TotalSeconds);
        var bare = Percentiles.Of(times, 50);
        var kubectl = await KubectlListAsync(sandbox, ct);
        var few = await Stopwatches.RateAsync(2000, (i, stop) => sandbox.Api.BytesAsync($"api/v1/namespaces/{Ns}/pods?labelSelector=one%3Dcrowd-{(i % (Pods / PerDeployment)) + 1}", stop), ct);
        return
        [
            new("sandbox", $"list {Pods} pods, p50", bare, "s") { AtMost = 1, Note = $"{bytes / 1e6:0.0} MB, one connection" },
            new("sandbox", $"list {Pods} pods, by kubectl to bare", kubectl / bare, "×") { Note = $"kubectl get pods -o name {kubectl:0.00} s" },
            new("sandbox", $"list {PerDeployment} of {Pods} pods by label", few, "1/s") { AtLeast = 50, Note = "ten connections" },
        ];
    }

    private static async Task<double> KubectlListAsync(SandboxNode sandbox, CancellationToken ct)
    {
        var kubectl = new Kubectl(sandbox.Home);
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++)
            best = Math.Min(best, (await kubectl.RunAsync(sandbox.Kubeconfig, ct, "get", "pods", "-n", Ns, "-o", "name")).Took.TotalSeconds);
        return best;
    }

    private static async Task<IEnumerable<Figure>> DeletesAsync(SandboxNode sandbox, CancellationToken ct)
    {
        const int count = 1000;
        var names = (await sandbox.Api.ListAsync($"api/v1/namespaces/{Ns}/pods?limit={count}", ct)).Select(pod => pod.Name()).ToList();
        var rate = await Stopwatches.RateAsync(count, (i, stop) => sandbox.Api.DeleteAsync($"api/v1/namespaces/{Ns}/pods/{names[i - 1]}", """{"gracePeriodSeconds":0}""", stop), ct);
        return [new("sandbox", $"delete pods, {Pods} there", rate, "1/s") { AtLeast = 50, Note = $"{count} of them, grace 0, ten connections, while their deployments make new ones" }];
    }

    private static string Node(int i) =>
        $$$"""{"metadata":{"name":"bench-{{{i}}}","labels":{"kubernetes.io/hostname":"bench-{{{i}}}","topology.kubernetes.io/zone":"{{{"abc"[i % 3]}}}"}},"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}""";
}

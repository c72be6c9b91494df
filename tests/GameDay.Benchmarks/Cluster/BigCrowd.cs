using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Cluster;

/// <summary>A big cluster that exists by name only: 5,000 pods of 50 deployments on 500 nodes in three zones.</summary>
internal static class BigCrowd
{
    public const string Ns = "crowd";
    public const string App = "web";
    public const int Pods = 5000;
    public const int Nodes = 500;
    private const int Deployments = 50;

    public static async Task MakeAsync(KubeApi api, CancellationToken ct)
    {
        var crowd = new Crowd(api);
        var there = (await api.ListAsync("api/v1/nodes", ct)).Count;
        await Parallel.ForEachAsync(Enumerable.Range(there + 1, Nodes - there), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct },
            async (i, stop) => await api.PostAsync("api/v1/nodes", Node($"node-{i}", "abc"[i % 3]), stop));
        await crowd.NamespaceAsync(Ns, ct);
        var began = TimeProvider.System.GetTimestamp();
        await crowd.DeploymentsAsync(Ns, App, Deployments, Pods / Deployments, ct);
        Progress.Say($"{Pods} pods of {Deployments} deployments run on {Nodes} nodes after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static string Node(string name, char zone) =>
        $$$"""{"metadata":{"name":"{{{name}}}","labels":{"kubernetes.io/hostname":"{{{name}}}","topology.kubernetes.io/zone":"{{{zone}}}"}},"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady"}]}}""";
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Abort;

/// <summary>The same undo by bare calls on ten connections: a reverting agent per pod, policies deleted, replicas written.</summary>
internal sealed class BareUndo(Stack stack, string ns)
{
    private const string Strategic = "application/strategic-merge-patch+json";

    /// <returns>Seconds from the start to each end.</returns>
    public async Task<IReadOnlyList<double>> MeasureAsync(CancellationToken ct)
    {
        for (var i = 1; i <= 50; i++) await stack.Cluster.PostAsync($"apis/networking.k8s.io/v1/namespaces/{ns}/networkpolicies", $$$$"""{"metadata":{"name":"bare-{{{{i}}}}"},"spec":{"podSelector":{"matchLabels":{"none":"none"}},"policyTypes":["Ingress"]}}""", ct);
        using var ten = new KubeApi(stack.Kubeconfig, connections: 10);
        List<Func<Task>> calls =
        [
            .. Enumerable.Range(1, 100).Select(i => (Func<Task>)(() => RevertAsync(ten, $"lat-{i}", ct))),
            .. Enumerable.Range(1, 50).Select(i => (Func<Task>)(() => ten.DeleteAsync($"apis/networking.k8s.io/v1/namespaces/{ns}/networkpolicies/bare-{i}", null, ct))),
            .. Enumerable.Range(1, 50).Select(i => (Func<Task>)(() => ten.PatchAsync($"apis/apps/v1/namespaces/{ns}/deployments/dep-{i}/scale", """{"spec":{"replicas":2}}""", ct))),
        ];
        var took = new double[calls.Count];
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, calls.Count), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = ct }, async (i, _) =>
        {
            await calls[i]();
            took[i] = watch.Elapsed.TotalSeconds;
        });
        return took;
    }

    private async Task RevertAsync(KubeApi api, string pod, CancellationToken ct)
    {
        var path = $"api/v1/namespaces/{ns}/pods/{pod}";
        await api.PatchAsync($"{path}/ephemeralcontainers", """{"spec":{"ephemeralContainers":[{"name":"bare-undo","image":"gameday/agent:0.1","command":["gameday-agent"],"args":["revert","--id","00000000"]}]}}""", ct, Strategic);
        while (!Ended(await api.GetAsync(path, ct))) await Task.Delay(100, ct);
    }

    private static bool Ended(JsonNode pod) => pod["status"]?["ephemeralContainerStatuses"]?.AsArray().Any(c => c!["name"]!.GetValue<string>() == "bare-undo" && c["state"]?["terminated"] is not null) == true;
}

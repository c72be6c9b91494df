using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Cluster;

/// <summary>Makes many objects at once: namespaces of pods that exist by name only.</summary>
internal sealed class Crowd(KubeApi api)
{
    private const string Ghost = "example.com/ghost:1";
    private static readonly ParallelOptions Ten = new() { MaxDegreeOfParallelism = 10 };

    public async Task NamespaceAsync(string ns, CancellationToken ct)
    {
        try { await api.PostAsync("api/v1/namespaces", $$$$"""{"metadata":{"name":"{{{{ns}}}}","labels":{"pod-security.kubernetes.io/enforce":"privileged"}}}""", ct); }
        catch (KubeRefused taken) when (taken.Code == 409) { } // there already
    }

    /// <summary>Pods without an owner, all Running when this returns.</summary>
    public async Task PodsAsync(string ns, string app, int count, CancellationToken ct)
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, count), Ten, async (i, _) => await api.PostAsync($"api/v1/namespaces/{ns}/pods", Pod($"{app}-{i}", app), ct));
        await RunningAsync(ns, app, count, ct);
    }

    /// <summary>Deployments, each with a label of its own beside the common one.</summary>
    public async Task DeploymentsAsync(string ns, string app, int count, int replicas, CancellationToken ct, string image = Ghost)
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, count), Ten, async (i, _) => await api.PostAsync($"apis/apps/v1/namespaces/{ns}/deployments", Deployment($"{app}-{i}", app, replicas, image), ct));
        await RunningAsync(ns, app, count * replicas, ct);
    }

    /// <summary>A deployment of one pod whose only purpose is to be ready, for a probe.</summary>
    public async Task AnchorAsync(string ns, CancellationToken ct)
    {
        await api.PostAsync($"apis/apps/v1/namespaces/{ns}/deployments", Deployment("anchor", "anchor", 1, Ghost), ct);
        await RunningAsync(ns, "anchor", 1, ct);
    }

    private async Task RunningAsync(string ns, string app, int count, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            var pods = await api.ListAsync($"api/v1/namespaces/{ns}/pods?labelSelector=app={app}", ct);
            if (pods.Count(p => p["status"]?["phase"]?.GetValue<string>() == "Running") >= count) return;
            if (tries > 300) throw new StageFailed($"the pods of {ns}/{app} are not running: {pods.Count} of {count} are there");
            await Task.Delay(200, ct);
        }
    }

    private static string Pod(string name, string app) =>
        $$$"""{"metadata":{"name":"{{{name}}}","labels":{"app":"{{{app}}}"}},"spec":{"containers":[{"name":"main","image":"example.com/ghost:1","ports":[{"containerPort":8080}]}]}}""";

    private static string Deployment(string name, string app, int replicas, string image) =>
        $$$$$"""
        {"metadata":{"name":"{{{{{name}}}}}","labels":{"app":"{{{{{app}}}}}"}},"spec":{"replicas":{{{{{replicas}}}}},"selector":{"matchLabels":{"one":"{{{{{name}}}}}"}},
         "template":{"metadata":{"labels":{"app":"{{{{{app}}}}}","one":"{{{{{name}}}}}"}},"spec":{"containers":[{"name":"main","image":"{{{{{image}}}}}","ports":[{"containerPort":8080}]}]}}}}
        """;
}

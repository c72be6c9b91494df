using System.Diagnostics;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Stage;
using GameDay.Domain.Experiments;
using GameDay.Faults;

namespace GameDay.Benchmarks.Select;

/// <summary>The product's own target preview, as the running app does it.</summary>
internal sealed class Selection(string kubeconfig) : IDisposable
{
    private readonly ClusterConnections _clusters = new([new ClusterSource("sandbox", IsSandbox: true, kubeconfig)], TimeProvider.System);

    public async Task<TimeSpan> RunAsync(Choice choose, CancellationToken ct)
    {
        var targets = new Targets(_clusters, new FaultOptions { InstallationId = "bench" });
        var began = Stopwatch.GetTimestamp();
        var found = await targets.ResolveAsync("sandbox", new TargetSpec(BigCrowd.Ns, $"app={BigCrowd.App}", choose, 10), TargetKind.Pod, seed: 1, ct);
        var took = Stopwatch.GetElapsedTime(began);
        var wanted = choose == Choice.All ? BigCrowd.Pods : 10;
        if (found.Matching != BigCrowd.Pods || found.Chosen.Count != wanted) throw new StageFailed($"the preview found {found.Matching} pods and chose {found.Chosen.Count}");
        if (found.Chosen.FirstOrDefault(t => t is { Node: null } or { Zone: null } or { Owner: null } or { Ip: null } or { Ready: false }) is { } poor) throw new StageFailed($"the preview does not know all of {poor.Name}: {poor}");
        return took;
    }

    public void Dispose() => _clusters.Dispose();
}

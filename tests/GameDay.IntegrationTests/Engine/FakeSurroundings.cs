using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.IntegrationTests.Engine;

/// <summary>What stands around the fake cluster's pods; everything is well unless a test says otherwise.</summary>
public sealed class FakeSurroundings(FakeCluster cluster) : ISurroundings, INodeRehearsals, IReapers
{
    public Task<RescuersSeen> RescuersAsync(string name, bool everywhere, CancellationToken ct) =>
        Task.FromResult(new RescuersSeen(["gameday", "kube-system"], [], []));

    public Task<BlastScope> MeasureAsync(string name, string ns, IReadOnlyList<FaultTarget> targets, CancellationToken ct) =>
        Task.FromResult(new BlastScope(cluster.Pods.GroupBy(p => p.Owner ?? p.Name).ToDictionary(g => g.Key, g => g.Count()), cluster.Pods.Count, targets.Count, null));

    public Task<IReadOnlyList<NodeRehearsal>> AskAsync(string name, IReadOnlyList<FaultTarget> targets, bool mayTry, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<NodeRehearsal>>([new("node-1", true, "ready", TimeProvider.System.GetUtcNow())]);

    public Task<IReadOnlyList<ReaperSeen>> SeenAsync(string name, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReaperSeen>>([new("reaper-1", null, TimeSpan.FromSeconds(1), 0)]);
}

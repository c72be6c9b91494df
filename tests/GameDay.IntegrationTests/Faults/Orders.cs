using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Injection orders for pods of the sandbox, and everything of the faults wired by hand.</summary>
public sealed class Orders(RunningSandbox sandbox)
{
    public FaultOptions Options { get; } = new() { InstallationId = "tests" };

    public Targets Targets => new(sandbox.Clusters, Options);

    public PodKill PodKill { get; } = new(sandbox.Clusters);

    public NetworkPartition Partition => _partition ??= new(sandbox.Clusters, Options);

    public Ledger Ledger => new(sandbox.Clusters, Options, new LedgerSweep(sandbox.Clusters, Options, [PodKill, Partition]));

    private NetworkPartition? _partition;

    public async Task<FaultTarget> OneAsync(string app, int seed = 1)
    {
        await RunningSandbox.EventuallyAsync(() => sandbox.PodsAsync(app), pods => pods.Count > 0, $"a ready pod of {app}");
        return (await Targets.ResolveAsync("sandbox", new("shop", $"app={app}"), TargetKind.Pod, seed, CancellationToken.None)).Chosen.Single();
    }

    public async Task<IReadOnlyList<FaultTarget>> AllAsync(string app) =>
        (await Targets.ResolveAsync("sandbox", new TargetSpec("shop", $"app={app}", Choice.All), TargetKind.Pod, seed: 1, CancellationToken.None)).Chosen;

    public static InjectionOrder For(FaultTarget target, params (string Key, string Value)[] settings)
    {
        var id = Guid.CreateVersion7();
        return new(
            id, id.ToString("N")[^8..], Guid.NewGuid(), "tests", target, settings.ToDictionary(s => s.Key, s => s.Value),
            TimeSpan.FromSeconds(60), DateTimeOffset.UtcNow.AddSeconds(60), DateTimeOffset.UtcNow.AddSeconds(60));
    }

    /// <summary>Replaces the target as a StatefulSet would: same name, another uid.</summary>
    public async Task ReplaceUnderItsNameAsync(FaultTarget target)
    {
        var pod = await sandbox.Client.ReadAsync<V1Pod>(target.Name, target.Namespace);
        await sandbox.Client.DeleteAsync<V1Pod>(target.Name, target.Namespace, V1DeleteOptions.Exactly(target.Uid) with { GracePeriodSeconds = 0 });
        await RunningSandbox.EventuallyAsync(() => sandbox.Client.FindAsync<V1Pod>(target.Name, target.Namespace), found => found is null, "the old pod's end");
        await sandbox.Client.CreateAsync(new V1Pod
        {
            Metadata = new() { Name = target.Name, Namespace = target.Namespace, Labels = new Dictionary<string, string> { ["app"] = "replaced" } },
            Spec = new() { Containers = [new() { Name = "x", Image = pod.Spec!.Containers![0].Image }] },
        });
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;

namespace GameDay.IntegrationTests.Protocol;

/// <summary>Does what an engine does up to the injection, and then nothing any more: as one killed with -9 right after it.</summary>
public sealed class LostEngine(RunningSandbox sandbox, string installation)
{
    public FaultOptions Options { get; } = new() { InstallationId = installation };

    public Ledger Ledger => new(sandbox.Clusters, Options, new LedgerSweep(sandbox.Clusters, Options, [Partition, Latency]));

    public NetworkPartition Partition => new(sandbox.Clusters, Options);

    public NetworkLatency Latency => new(sandbox.Clusters, Options);

    public RunBeat Beat => new(sandbox.Clusters, Options);

    /// <summary>A policy cuts the one ready pod of this app from its peers.</summary>
    public async Task<Placed> PartAsync(string app, string from, TimeSpan duration, Guid? run = null) =>
        await PlaceAsync(Partition, await TargetAsync(app), duration, run ?? Guid.NewGuid(), ("from", $"app={from}"));

    public async Task<Placed> SlowAsync(string app, string to, TimeSpan duration, Guid? run = null, int index = 0) =>
        await PlaceAsync(Latency, await TargetAsync(app, index), duration, run ?? Guid.NewGuid(), ("delay", "200ms"), ("jitter", "0s"), ("to", $"app={to}"));

    public async Task<FaultTarget> TargetAsync(string app, int index = 0)
    {
        var pods = await RunningSandbox.EventuallyAsync(() => sandbox.PodsAsync(app), found => found.Count > index, $"a ready pod of {app}");
        var pod = pods[index];
        return new()
        {
            Cluster = "sandbox", Namespace = "shop", Kind = "Pod", Name = pod.Metadata.Name!, Uid = pod.Metadata.Uid!, Node = pod.Spec!.NodeName, Ip = pod.Status!.PodIP, Ready = true,
        };
    }

    public InjectionOrder Order(FaultTarget target, TimeSpan duration, Guid run, params (string Name, string Value)[] settings)
    {
        var id = Guid.CreateVersion7();
        return new(
            id, id.ToString("N")[^8..], run, installation, target, settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
            duration, DateTimeOffset.UtcNow.AddSeconds(30), DateTimeOffset.UtcNow + duration);
    }

    private async Task<Placed> PlaceAsync(IFault fault, FaultTarget target, TimeSpan duration, Guid run, params (string Name, string Value)[] settings)
    {
        var order = Order(target, duration, run, settings);
        var undo = await fault.PrepareAsync(order, CancellationToken.None);
        var entry = await Ledger.ClaimAsync(order, undo, CancellationToken.None);
        order = order with { NotAfter = entry.CreatedAt.AddSeconds(30), Deadline = entry.CreatedAt + duration };
        // A policy is placed even when this machine was too slow for so short a deadline: ending it is somebody else's part here.
        await fault.InjectAsync(fault is NetworkPartition ? order with { Deadline = order.NotAfter } : order, undo, CancellationToken.None);
        return new(order, undo, entry);
    }
}

/// <summary>A fault that stands, and nobody who remembers it but the cluster.</summary>
public sealed record Placed(InjectionOrder Order, UndoPlan Undo, LedgerEntry Entry)
{
    public string Policy => Undo.Values["policy"];
}

using System.Collections.Concurrent;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;

namespace GameDay.Benchmarks.Plants;

/// <summary>A fault with everything as it is; plants change one thing.</summary>
internal abstract class PlantedFault(IFault inner) : IFault
{
    protected IFault Inner => inner;

    public FaultKind Kind => inner.Kind;

    public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => inner.PrepareAsync(order, ct);

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => inner.RehearseAsync(order, ct);

    public virtual Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.InjectAsync(order, undo, ct);

    public virtual Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.RevertAsync(order, undo, ct);

    public virtual Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => inner.VerifyRevertedAsync(order, undo, ct);
}

/// <summary>Rule 6: takes the revert's word for it and reads nothing back. A revert that failed is swallowed as well.</summary>
internal sealed class VerifiesNothing(IFault inner) : PlantedFault(inner)
{
    public override async Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        try { await Inner.RevertAsync(order, undo, ct); }
        catch (Exception e) when (e is KubernetesException or ClusterUnreachableException) { } // the planted defect
    }

    public override Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        Task.FromResult(new Evidence(true, "surely gone", new Dictionary<string, string>(), TimeProvider.System.GetUtcNow()));
}

/// <summary>Rule 1: sees that its fault is gone before its time, and puts it back.</summary>
internal sealed class InjectsAgain(IFault inner) : PlantedFault(inner)
{
    public override async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var effect = await Inner.InjectAsync(order, undo, ct);
        _ = Task.Run(() => KeepUpAsync(order, undo), CancellationToken.None);
        return effect;
    }

    private async Task KeepUpAsync(InjectionOrder order, UndoPlan undo)
    {
        for (var until = order.Deadline; TimeProvider.System.GetUtcNow() < until; await Task.Delay(500))
        {
            try
            {
                if ((await Inner.VerifyRevertedAsync(order, undo, CancellationToken.None)).Holds) await Inner.InjectAsync(order, undo, CancellationToken.None);
            }
            catch (Exception e) when (e is KubernetesException or ClusterUnreachableException or Domain.RuleBroken) { } // tried again
        }
    }
}

/// <summary>Rule 2: the request that was given up is still on its way, and lands when the fault is reverted and proved.</summary>
internal sealed class PostsLate(IFault inner) : PlantedFault(inner)
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan LandsAfter = TimeSpan.FromSeconds(22);

    public override async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        // Every other one, so that there is something to be wrong about.
        if (order.InjectionId.ToByteArray()[15] % 2 == 0) return await Inner.InjectAsync(order, undo, ct);
        _ = Task.Run(async () => { await Task.Delay(LandsAfter); await Inner.InjectAsync(order, undo, CancellationToken.None); }, CancellationToken.None);
        await Task.Delay(GivenUpAfter, ct);
        throw new TimeoutException("no answer within 7 s");
    }
}

/// <summary>Rule 7: puts the old value back whatever is there now.</summary>
internal sealed class UndoesBlindly(IFault inner, ClusterConnections clusters) : PlantedFault(inner)
{
    public override async Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        await Inner.RevertAsync(order, undo, ct);
        if (undo.Layer != "replicas") return;
        var patch = V1Patch.Merge(new { spec = new { replicas = int.Parse(undo.Values["replicas"]) } });
        await clusters.For(order.Target.Cluster).PatchAsync<V1Deployment>(patch, order.Target.Name, order.Target.Namespace, cancellationToken: ct);
    }
}

/// <summary>What <see cref="LedgerAfterInject"/> did not write yet.</summary>
internal sealed class LateClaims
{
    public ConcurrentDictionary<Guid, Func<Task>> Waiting { get; } = [];
}

/// <summary>Rule 1: acts first and writes the entry afterwards.</summary>
internal sealed class InjectsBeforeEntry(IFault inner, LateClaims late) : PlantedFault(inner)
{
    public override async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        var effect = await Inner.InjectAsync(order, undo, ct);
        if (late.Waiting.TryRemove(order.InjectionId, out var write)) await write();
        return effect;
    }
}

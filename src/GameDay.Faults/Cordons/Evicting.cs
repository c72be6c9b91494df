using System.Collections.Concurrent;
using System.Diagnostics;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Cordons;

/// <summary>Evicts a node's pods of one namespace, ten at a time; a budget's no is asked again until the time is up.</summary>
internal sealed class Evicting(KubernetesClient client, InjectionOrder order)
{
    /// <summary>An eviction takes a tenth of a second on the server, most of it waiting: ten at once are six times as fast.</summary>
    private const int AtOnce = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The living pods on the node that may be evicted, and why the others stay.</summary>
    public async Task<(IReadOnlyList<V1Pod> Go, IReadOnlyList<string> Stay)> PodsAsync(CancellationToken ct)
    {
        ProtectedNamespaces.Refuse(order.Target.Namespace);
        var here = (await client.ListAsync<V1Pod>(order.Target.Namespace, fieldSelector: $"spec.nodeName={order.Target.Name}", cancellationToken: ct)).Items.Where(pod => pod.IsAlive).ToList();
        return ([.. here.Where(pod => Spared(pod) is null)], [.. here.Where(pod => Spared(pod) is not null).Select(pod => $"{pod.Metadata.Name} ({Spared(pod)})")]);
    }

    /// <summary>Why a pod is left where it is; null when it goes.</summary>
    public static string? Spared(V1Pod pod) => pod.Metadata switch
    {
        { Annotations: { } notes } when notes.ContainsKey("kubernetes.io/config.mirror") => "static pod of the node",
        { Labels: { } labels } when labels.GetValueOrDefault(Marks.ManagedBy) == Marks.Product || labels.GetValueOrDefault("app.kubernetes.io/part-of") == Marks.Product => "GameDay's own",
        { Controller: null } => "no owner would replace it",
        { Controller.Kind: "DaemonSet" } => "DaemonSet",
        _ => null,
    };

    /// <summary>Asks the server without doing it: the budget that holds the pod back now, or null.</summary>
    public async Task<string?> FindHolderAsync(V1Pod pod, CancellationToken ct)
    {
        try
        {
            await client.EvictAsync(pod.Metadata.Name!, order.Target.Namespace, pod.Metadata.Uid!, dryRun: true, cancellationToken: ct);
            return null;
        }
        catch (KubernetesException no) when (Budgets.IsBudget(no))
        {
            return Budgets.Words(no);
        }
    }

    public async Task<Evicted> RunAsync(IReadOnlyList<V1Pod> pods, TimeSpan within, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var held = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await EachAsync(pods, async (pod, stop) =>
        {
            while (await TryAsync(pod, stop) is { } no)
            {
                if (!no.MayChange || Stopwatch.GetElapsedTime(started) + Pause > within || client.ServerClock.Now > Landing.LimitOf(order))
                {
                    held[pod.Metadata.Name!] = no.Words;
                    return;
                }

                await Task.Delay(Pause, stop);
            }
        }, ct);
        return new([.. pods.Select(pod => pod.Metadata.Name!).Where(name => !held.ContainsKey(name))], held);
    }

    /// <summary>Null when the pod goes, or went by itself.</summary>
    private async Task<No?> TryAsync(V1Pod pod, CancellationToken ct)
    {
        try
        {
            await Landing.AwaitAnswerAsync(async answered =>
            {
                await client.EvictAsync(pod.Metadata.Name!, order.Target.Namespace, pod.Metadata.Uid!, cancellationToken: answered);
                return true;
            }, ct);
            return null;
        }
        catch (KubernetesException gone) when (gone.IsNotFound || gone.IsConflict)
        {
            return null;
        }
        catch (KubernetesException no)
        {
            return new(Budgets.Words(no), MayChange: no.Code is 429 or >= 500);
        }
        catch (ClusterUnreachableException away)
        {
            return new(away.Message, MayChange: true);
        }
    }

    private static Task EachAsync(IReadOnlyList<V1Pod> pods, Func<V1Pod, CancellationToken, ValueTask> act, CancellationToken ct) =>
        Parallel.ForEachAsync(pods, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, act);

    private sealed record No(string Words, bool MayChange);
}

/// <param name="Gone">Names of the pods that were evicted, or went by themselves meanwhile.</param>
/// <param name="Held">Those that stay, each with what held it.</param>
internal sealed record Evicted(IReadOnlyList<string> Gone, IReadOnlyDictionary<string, string> Held);

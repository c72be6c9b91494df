using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The kubelets of all nodes: what is bound to a node runs there until its pod is deleted.</summary>
public sealed class Kubelets(KubeletServices services, PodAddresses addresses, NodeAddresses nodes)
{
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IPAddress> _given = new(StringComparer.Ordinal);

    /// <summary>Works until stopped, then ends every process it started.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var change in services.Store.Watch(ResourceTypes.Pods, cancellationToken: stopping))
            {
                Handle(change);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await EndAsync();
        }
    }

    /// <summary>Kills a container's process as SIGKILL does; it restarts.</summary>
    public async Task KillContainerAsync(string podUid, string container)
    {
        if (_workers.TryGetValue(podUid, out var worker) && worker.Shop.FirstOrDefault(c => c.Name == container) is { } found)
        {
            await found.KillAsync();
        }
    }

    internal PodWorker? Worker(string podUid) => _workers.GetValueOrDefault(podUid);

    private void Handle(StoreEvent change)
    {
        var pod = change.Object;
        if (change.Type == StoreEvent.Deleted)
        {
            Remove(pod);
        }
        else if (pod.Text("spec", "nodeName") is { Length: > 0 } node)
        {
            services.Network.Topology.PutPod(pod);
            Run(pod, node);
        }
    }

    private void Run(JsonObject pod, string node)
    {
        var uid = pod.Uid();
        if (_workers.TryGetValue(uid, out var worker))
        {
            worker.Offer(pod);
        }
        else if (!GhostPods.IsGhost(pod))
        {
            worker = new PodWorker(Place(pod, node));
            _workers[uid] = worker;
            worker.Offer(pod);
        }
        else if (pod.IsDeleting())
        {
            services.Store.TryDelete(ResourceTypes.Pods, pod.Namespace(), pod.Name(), new DeleteOptions(GraceSeconds: 0, Uid: uid));
        }
        else if (!_given.ContainsKey(uid))
        {
            GhostPods.Start(Place(pod, node));
        }
    }

    private PodContext Place(JsonObject pod, string node)
    {
        var (number, host) = nodes.Of(node);
        return new PodContext(services, pod.Copy(), node, _given.GetOrAdd(pod.Uid(), _ => addresses.Take(number)), host);
    }

    private void Remove(JsonObject pod)
    {
        var uid = pod.Uid();
        services.Network.Topology.RemovePod(uid);
        if (_workers.TryRemove(uid, out var worker))
        {
            worker.Kill();
            _ = ReleaseAsync(uid, worker.Completion);
        }
        else
        {
            Release(uid);
        }
    }

    private async Task ReleaseAsync(string uid, Task ended)
    {
        await ended;
        Release(uid);
    }

    private void Release(string uid)
    {
        if (_given.TryRemove(uid, out var address))
        {
            addresses.Release(address);
        }
    }

    private async Task EndAsync()
    {
        foreach (var worker in _workers.Values)
        {
            worker.Kill();
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.Completion));
    }
}

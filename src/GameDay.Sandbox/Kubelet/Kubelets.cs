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
    private readonly Dictionary<string, List<StoreEvent>> _missed = new(StringComparer.Ordinal);
    private readonly Lock _hearing = new();

    /// <summary>Works until stopped, then ends every process it started.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var change in services.Store.Watch(ResourceTypes.Pods, cancellationToken: stopping))
            {
                Hear(change);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await EndAsync();
        }
    }

    /// <summary>Kills a container's process as SIGKILL does; only a pod's own containers start again. False when none runs.</summary>
    /// <param name="reason">What its status says: <c>Error</c>, <c>OOMKilled</c>.</param>
    public async Task<bool> KillContainerAsync(string podUid, string container, string reason = "Error") =>
        _workers.TryGetValue(podUid, out var worker) && await worker.KillAsync(container, reason);

    /// <summary>A silent node's kubelet is back: it hears what it missed, and says how its pods are.</summary>
    public void Return(string node)
    {
        lock (_hearing)
        {
            if (!services.Silent.Remove(node))
            {
                return;
            }

            _missed.Remove(node, out var missed);
            foreach (var change in missed ?? [])
            {
                Handle(change, node);
            }
        }

        foreach (var pod in services.Store.List(ResourceTypes.Pods).Where(pod => pod.Text("spec", "nodeName") == node))
        {
            Refresh(pod);
        }
    }

    internal bool IsSilent(string node) => services.Silent.Contains(node);

    internal IEnumerable<PodWorker> Workers => _workers.Values;

    internal PodWorker? Worker(string podUid) => _workers.GetValueOrDefault(podUid);

    private void Hear(StoreEvent change)
    {
        var node = change.Object.Text("spec", "nodeName") ?? "";
        lock (_hearing)
        {
            if (services.Silent.Contains(node))
            {
                Miss(change, node);
            }
            else
            {
                Handle(change, node);
            }
        }
    }

    // The rest of the cluster hears: services turn away from the pod, although it runs.
    private void Miss(StoreEvent change, string node)
    {
        if (change.Type == StoreEvent.Deleted)
        {
            services.Network.Topology.ForgetPod(change.Object.Uid());
        }
        else
        {
            services.Network.Topology.PutPod(change.Object);
        }

        if (!_missed.TryGetValue(node, out var missed))
        {
            _missed[node] = missed = [];
        }

        missed.Add(change);
    }

    private void Refresh(JsonObject pod)
    {
        if (_workers.TryGetValue(pod.Uid(), out var worker))
        {
            worker.Refresh();
        }
        else if (_given.ContainsKey(pod.Uid()))
        {
            services.Store.TryMutate(
                ResourceTypes.Pods, pod.Namespace(), pod.Name(), item => Conditions.Set(item, "Ready", "True", services.Clock.GetUtcNow()), pod.Uid());
        }
    }

    private void Handle(StoreEvent change, string node)
    {
        var pod = change.Object;
        if (change.Type == StoreEvent.Deleted)
        {
            Remove(pod);
        }
        else if (node.Length > 0)
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
        else if (_given.ContainsKey(uid) ? GhostPods.HasAgents(pod) : !GhostPods.IsGhost(pod, services.Images))
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

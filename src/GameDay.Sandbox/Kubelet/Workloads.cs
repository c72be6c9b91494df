using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The running half of the sandbox: pod network, kubelets and what they answer to the API server.</summary>
public sealed class Workloads : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClusterStore _store;
    private readonly TopologyFeed _feed;
    private readonly SilentNodes _silent;
    private Task _running = Task.CompletedTask;

    /// <param name="agentPath">The fault agent's executable; null when there is none.</param>
    /// <param name="directory">Where the agents' termination logs go.</param>
    public Workloads(ClusterStore store, Subnet subnet, IPodKernel kernel, string? agentPath, string directory)
    {
        _store = store;
        Network = new PodNetwork(new Topology(), kernel, store.Clock);
        _feed = new TopologyFeed(store, Network.Topology);
        Directory.CreateDirectory(directory);
        var services = new KubeletServices(store, Network, kernel, agentPath is null ? null : new AgentExecutable(agentPath), directory);
        Kubelets = new Kubelets(services, new PodAddresses(subnet), new NodeAddresses(store, subnet));
        (Outages, Images, _silent) = (new NodeOutages(services, Kubelets), services.Images, services.Silent);
        PodRuntime = new PodRuntime(store, Kubelets, Network, new Caller(subnet.Host, "default", PodUid: null));
    }

    public PodNetwork Network { get; }

    public Kubelets Kubelets { get; }

    public PodRuntime PodRuntime { get; }

    public NodeOutages Outages { get; }

    public ImageShelf Images { get; }

    /// <summary>Starts working; what is in the store already is picked up.</summary>
    public void Start() => _running = Task.WhenAll(
        UntilStopped(_feed.RunAsync), UntilStopped(Kubelets.RunAsync), UntilStopped(new NodeHeartbeat(_store, _silent).RunAsync));

    /// <summary>Opens a connection from a pod's own address and closes it, for an agent's <c>connect</c>.</summary>
    public async Task DialAsync(string podUid, string host, int port, CancellationToken ct)
    {
        var pod = Network.Topology.Pod(podUid) ?? throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.NetworkUnreachable);
        await using var connection = await Network.DialAsync(new Caller(pod.Address, pod.Namespace, pod.Uid), host, port, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        PodRuntime.Dispose();
    }

    private Task UntilStopped(Func<CancellationToken, Task> work) => Task.Run(async () =>
    {
        try
        {
            await work(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return; // the way this work ends
        }
    });
}

using GameDay.Kubernetes;

namespace GameDay.KubernetesTests.Servers;

/// <summary>
/// Plays scheduler and kubelet where there are none, by the API alone: says of pods that they run, and takes those away that are
/// deleted. No process runs and no packet is sent, so whatever needs a pod's inside is not checked here.
/// </summary>
internal sealed class PlayedKubelet : IAsyncDisposable
{
    private static readonly string[] Nodes = ["node-1", "node-2"];
    private readonly CancellationTokenSource _over = new();
    private readonly KubernetesClient _client;
    private readonly Task _playing;
    private int _count;

    public PlayedKubelet(KubernetesClient client)
    {
        _client = client;
        _playing = PlayAsync();
    }

    public static async Task RegisterNodesAsync(KubernetesClient client)
    {
        foreach (var (name, zone) in Nodes.Zip(["a", "b"]))
        {
            var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["kubernetes.io/hostname"] = name, ["topology.kubernetes.io/zone"] = zone };
            await client.CreateAsync(new V1Node { Metadata = new() { Name = name, Labels = labels } });
            await client.PatchAsync<V1Node>(V1Patch.StrategicMerge(new { status = new { conditions = new[] { Condition("Ready") } } }), name, subresource: "status");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _playing;
        _over.Dispose();
        _client.Dispose();
    }

    private async Task PlayAsync()
    {
        try
        {
            await foreach (var change in _client.WatchAsync<V1Pod>(cancellationToken: _over.Token))
            {
                if (change.Type != WatchEventType.Deleted)
                    await ActAsync(change.Object);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ActAsync(V1Pod pod)
    {
        try
        {
            if (pod.IsTerminating)
                await _client.DeleteAsync<V1Pod>(pod.Metadata.Name!, pod.Metadata.Namespace, V1DeleteOptions.Exactly(pod.Metadata.Uid!) with { GracePeriodSeconds = 0 });
            else if (pod.Spec!.NodeName is null && pod.Spec.NodeSelector is null)
                await BindAsync(pod);
            else if (pod.Spec.NodeName is not null && !pod.IsReady)
                await RunAsync(pod);
        }
        catch (KubernetesException refusal) when (refusal.Code is 404 or 409)
        {
            return; // it moved on: the watch tells
        }
    }

    private async Task BindAsync(V1Pod pod)
    {
        var open = (await _client.ListAsync<V1Node>()).Items.Where(node => node.Spec?.Unschedulable != true).ToList();
        if (open.Count > 0)
            await _client.CreateAsync(new V1Binding { Metadata = new() { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid }, Target = new("v1", "Node", open[_count++ % open.Count].Metadata.Name!) });
    }

    private Task RunAsync(V1Pod pod)
    {
        var number = ++_count;
        var containers = pod.Spec!.Containers!.Select(container => new
        {
            name = container.Name, image = container.Image, imageID = "", ready = true, restartCount = 0, state = new { running = new { startedAt = DateTimeOffset.UtcNow } },
        });
        var status = new
        {
            phase = "Running", podIP = $"10.0.{number / 250}.{number % 250 + 1}", startTime = DateTimeOffset.UtcNow, containerStatuses = containers,
            conditions = new[] { Condition("Initialized"), Condition("Ready"), Condition("ContainersReady"), Condition("PodScheduled") },
        };
        return _client.PatchAsync<V1Pod>(V1Patch.StrategicMerge(new { metadata = new { uid = pod.Metadata.Uid }, status }), pod.Metadata.Name!, pod.Metadata.Namespace, "status");
    }

    private static object Condition(string type) => new { type, status = "True", lastTransitionTime = DateTimeOffset.UtcNow };
}

internal sealed record V1Binding() : KubernetesObject(Resource), IKubernetesObject
{
    public static ResourceType Resource { get; } = new("", "v1", "bindings", "Binding");

    public V1BindingTarget? Target { get; init; }
}

internal sealed record V1BindingTarget(string ApiVersion, string Kind, string Name);

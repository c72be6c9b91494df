using System.Text.Json.Nodes;
using System.Threading.Channels;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Runs one pod that has something to run: a shop service, or an agent. Works through the pod's versions in order.</summary>
internal sealed class PodWorker
{
    private readonly PodContext _pod;
    private readonly List<ShopContainer> _shop = [];
    private readonly List<ContainerStatus> _ghosts = [];
    private readonly List<AgentContainer> _agents = [];
    private readonly Channel<JsonObject> _versions = Channel.CreateUnbounded<JsonObject>();
    private readonly CancellationTokenSource _killed = new();
    private volatile bool _terminating;

    public PodWorker(PodContext pod)
    {
        _pod = pod;
        var isNew = pod.Born.At("status", "containerStatuses") is null;
        foreach (var spec in pod.Born.Items("spec", "containers"))
        {
            var image = spec.Text("image") ?? "";
            var program = ShopImages.Find(image);
            if (program is not null || (isNew && pod.Services.Images.Knows(image)))
            {
                _shop.Add(new ShopContainer(pod, spec, program, Restarted));
            }
            else
            {
                _ghosts.Add(GhostPods.Running(spec, pod.Clock.GetUtcNow()));
            }
        }

        Completion = Task.Run(RunAsync);
    }

    public PodContext Pod => _pod;

    /// <summary>Ends when nothing of the pod runs any more.</summary>
    public Task Completion { get; }

    public IReadOnlyList<AgentContainer> Agents
    {
        get
        {
            lock (_agents)
            {
                return [.. _agents];
            }
        }
    }

    public IReadOnlyList<ShopContainer> Shop => _shop;

    /// <summary>What its containers did so far.</summary>
    public IEnumerable<Work> Work() =>
    [
        .. _shop.Where(shop => shop.Status.State is ContainerState.Running).Select(shop => new Work(shop.Name, shop.Answered)),
        .. Agents.Select(agent => agent.Use()).OfType<Work>(),
    ];

    /// <summary>A newer version of the pod.</summary>
    public void Offer(JsonObject pod) => _versions.Writer.TryWrite(pod);

    /// <summary>The pod is gone from the store: whatever still runs ends abruptly.</summary>
    public void Kill()
    {
        _killed.Cancel();
        _versions.Writer.TryComplete();
    }

    /// <summary>Says again how the pod is.</summary>
    public void Refresh() => WriteStatus();

    /// <summary>SIGKILL for the process of one container; false when none runs there.</summary>
    public async Task<bool> KillAsync(string container, string reason)
    {
        if (_shop.Find(c => c.Name == container) is { } own)
        {
            await own.KillAsync(reason);
            return true;
        }

        return Agents.FirstOrDefault(a => a.Status.Name == container) is { IsRunning: true } agent && agent.Kill(reason);
    }

    private async Task RunAsync()
    {
        if (_shop.Count > 0)
        {
            WriteStatus(addressed: false);
            var begun = Task.WhenAll(_shop.Select(container => container.BeginAsync()));
            // A pull may take for ever, and the pod can be deleted meanwhile.
            await (_shop.Exists(container => _pod.Services.Images.Knows(container.Status.Image)) ? Task.CompletedTask : begun);
        }

        WriteStatus();
        var grace = TimeSpan.Zero;
        await foreach (var version in _versions.Reader.ReadAllAsync())
        {
            StartAgents(version);
            if (version.IsDeleting())
            {
                grace = TimeSpan.FromSeconds(version.Number("metadata", "deletionGracePeriodSeconds") ?? 0);
                break;
            }
        }

        await TerminateAsync(_killed.IsCancellationRequested ? TimeSpan.Zero : grace);
    }

    private void StartAgents(JsonObject version)
    {
        foreach (var spec in version.Items("spec", "ephemeralContainers"))
        {
            if (Agents.All(agent => agent.Status.Name != spec.Text("name")))
            {
                var agent = new AgentContainer(_pod, spec.Copy(), () => WriteStatus());
                lock (_agents)
                {
                    _agents.Add(agent);
                }

                agent.Start();
            }
        }
    }

    private async Task TerminateAsync(TimeSpan grace)
    {
        if (grace > TimeSpan.Zero)
        {
            _terminating = true;
            _pod.Record("Normal", "Killing", $"Stopping container {string.Join(", ", _shop.Select(c => c.Name).Concat(_ghosts.Select(g => g.Name)))}");
            WriteStatus();
        }

        await Task.WhenAll([.. _shop.Select(c => c.StopAsync(grace, _killed.Token)), .. Agents.Select(a => a.StopAsync(grace, _killed.Token))]);
        foreach (var agent in Agents)
        {
            agent.End();
        }

        await _pod.Services.Silent.SpeaksAsync(_pod.Node, _killed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _pod.Services.Kernel.Close(_pod.Uid);
        _pod.Services.Store.TryDelete(ResourceTypes.Pods, _pod.Namespace, _pod.Name, new DeleteOptions(GraceSeconds: 0, Uid: _pod.Uid));
    }

    private void Restarted(ShopContainer container)
    {
        if (container.Status.State is ContainerState.Terminated)
        {
            foreach (var agent in Agents.Where(a => a.Target == container.Name))
            {
                agent.Kill(); // it shared the process namespace whose first process just died
            }
        }

        WriteStatus();
    }

    private void WriteStatus(bool addressed = true) => _pod.Services.Store.TryMutate(
        ResourceTypes.Pods,
        _pod.Namespace,
        _pod.Name,
        item => WriteStatus(item, addressed),
        _pod.Uid);

    private void WriteStatus(JsonObject item, bool addressed)
    {
        if (!_pod.Services.Silent.Contains(_pod.Node))
        {
            PodStatus.Write(item, _pod, [.. _shop.Select(c => c.Status), .. _ghosts], [.. Agents.Select(a => a.Status)], addressed, ready: !_terminating);
        }
    }
}

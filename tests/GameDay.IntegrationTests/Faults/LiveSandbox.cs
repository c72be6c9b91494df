using System.Net;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using GameDay.Sandbox;
using GameDay.Sandbox.Api.Misbehaviour;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>A whole sandbox cluster with the shop in it and the real agent executable; its own state is the judge.</summary>
public sealed class LiveSandbox : IAsyncLifetime
{
    public const string Cluster = "sandbox";
    private readonly string _directory = Directory.CreateTempSubdirectory("gd-live-").FullName;
    private Subnet? _subnet;
    private WebApplication? _app;
    private ClusterConnections? _clusters;

    public ClusterConnections Clusters => _clusters!;

    /// <summary>For kubectl.</summary>
    public string Kubeconfig { get; private set; } = "";

    public KubernetesClient Client => Clusters.For(Cluster);

    public IServiceProvider Services => _app!.Services;

    /// <summary>The server's clock is ahead by this, until disposed; no timer is.</summary>
    public IDisposable Ahead(TimeSpan time)
    {
        var clock = Services.GetRequiredService<GameDay.Sandbox.Api.Clock.ServerClock>();
        clock.Offset = time;
        return new Back(clock);
    }

    private sealed class Back(GameDay.Sandbox.Api.Clock.ServerClock clock) : IDisposable
    {
        public void Dispose() => clock.Offset = TimeSpan.Zero;
    }

    public PodKernels Kernels => _app!.Services.GetRequiredService<PodKernels>();

    /// <summary>Makes the next matching requests misbehave; the kinds are those of <c>POST /sandbox/misbehaviours</c>.</summary>
    public void Misbehave(string kind, string pathContains, string method, int times = 1, TimeSpan delay = default) =>
        _app!.Services.GetRequiredService<Mischiefs>().Add(new(kind, pathContains, method, "", delay, times, For: null));

    /// <summary>SIGKILL for the process of one of the pod's containers, the agents' included; false when none runs there.</summary>
    public Task<bool> KillAsync(FaultTarget target, string container) =>
        _app!.Services.GetRequiredService<Workloads>().Kubelets.KillContainerAsync(target.Uid, container);

    public void Behave() => _app!.Services.GetRequiredService<Mischiefs>().Clear();

    /// <summary>A node whose kubelet falls silent, and comes back.</summary>
    public void SetNode(string node, bool ready) => _app!.Services.GetRequiredService<Workloads>().Outages.Set(node, ready);

    /// <summary>How the agent's image arrives from now on.</summary>
    public void SetImage(bool missing, TimeSpan delay = default) => _app!.Services.GetRequiredService<Workloads>().Images.Set("*", new(missing, delay));

    public Targets Targets => new(Clusters, Options);

    /// <summary>The targets that a spec names, first come first.</summary>
    public async Task<IReadOnlyList<FaultTarget>> TargetsAsync(TargetSpec spec, TargetKind kind) =>
        (await Targets.ResolveAsync(Cluster, spec, kind, seed: 1, CancellationToken.None)).Chosen;

    /// <summary>An order for this target by the cluster's own clock.</summary>
    public async Task<InjectionOrder> OrderForAsync(FaultTarget target, TimeSpan duration, params (string Name, string Value)[] settings)
    {
        var now = await Client.ReadServerTimeAsync();
        var id = Guid.NewGuid();
        return new InjectionOrder(
            id, id.ToString("N")[^8..], Guid.NewGuid(), Options.InstallationId, target,
            settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal), duration, now.AddSeconds(30), now + duration);
    }

    /// <summary>Patient: where an exec is slow, a fault adds containers of its own, which is right and not what most tests look at.</summary>
    public FaultOptions Options { get; } = new() { InstallationId = "tests", ExecPatience = TimeSpan.FromSeconds(8), AgentStartsWithin = TimeSpan.FromSeconds(60) };

    public async ValueTask InitializeAsync()
    {
        _subnet = Subnet.Claim(null);
        var options = new SandboxOptions(0, _directory, Path.Combine(AppContext.BaseDirectory, "gameday-agent"), $"127.{_subnet.Second}");
        _app = SandboxHost.Build(options, services => services.AddWorkloads(_subnet));
        await _app.StartAsync();
        Kubeconfig = await SandboxHost.WriteKubeconfigAsync(_app, CancellationToken.None);
        _clusters = new ClusterConnections([new ClusterSource(Cluster, IsSandbox: true, Kubeconfig)], TimeProvider.System);
        await UntilAsync(async () => (await PodsAsync("app=checkout")).Count > 0 && (await PodsAsync("app=payments")).Count > 0);
    }

    public async Task<IReadOnlyList<V1Pod>> PodsAsync(string selector) =>
        [.. (await Client.ListAsync<V1Pod>("shop", selector)).Items.Where(pod => pod is { IsAlive: true, IsReady: true })];

    /// <summary>An order for the first Ready pod that matches and whose kernel is clean: a test that failed must not fail the next.</summary>
    public async Task<InjectionOrder> OrderAsync(string selector, TimeSpan duration, params (string Name, string Value)[] settings)
    {
        V1Pod? pod = null;
        await UntilAsync(async () => (pod = (await PodsAsync(selector)).FirstOrDefault(IsClean)) is not null);
        return await OrderForAsync(Target(pod!), duration, settings);
    }

    /// <summary>What the pod's kernel delays now towards another pod, by the sandbox's own state.</summary>
    public TimeSpan DelayFrom(InjectionOrder order, V1Pod peer) =>
        Kernels.EgressDelay(order.Target.Uid, IPAddress.Parse(peer.Status!.PodIP!), peer.Spec!.Containers![0].Ports![0].ContainerPort);

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            if (tries > 600)
                throw new TimeoutException("It did not come true within 60 s.");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clusters?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        _subnet?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private bool IsClean(V1Pod pod) => Kernels.Describe(pod.Metadata.Uid!) is { } kernel && kernel["tables"]!.AsArray().Count == 0 && kernel["qdiscs"]!.ToJsonString() is var qdiscs
        && !qdiscs.Contains("\"handle\":\"1:\"", StringComparison.Ordinal) && !qdiscs.Contains("\"htb\"", StringComparison.Ordinal);

    private static FaultTarget Target(V1Pod pod) => new()
    {
        Cluster = Cluster,
        Namespace = pod.Metadata.Namespace!,
        Kind = "Pod",
        Name = pod.Metadata.Name!,
        Uid = pod.Metadata.Uid!,
        Node = pod.Spec!.NodeName,
        Ip = pod.Status!.PodIP,
        Ready = true,
    };
}

using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Reaping;
using GameDay.Kubernetes;
using Microsoft.Extensions.DependencyInjection;

namespace GameDay.Reaper;

/// <summary>Composition: the cluster, the kinds it can end, whose they are; then the loop.</summary>
internal sealed class ReaperProcess(ReaperArguments arguments, ReaperVoice voice, TimeProvider clock)
{
    private const string Cluster = "cluster";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken ct)
    {
        using var clusters = new ClusterConnections([new ClusterSource(Cluster, IsSandbox: false, arguments.Kubeconfig, arguments.Context) { Rate = ClusterRate.None }], clock);
        var client = clusters.For(Cluster);
        try
        {
            var installation = arguments.Installation ?? await FirstSeenAsync(client, ct);
            await using var services = Compose(clusters, installation);
            using var loop = new ReaperLoop(client, services.GetServices<IFault>(), services.GetRequiredService<ILedger>(), Options(installation), voice, clock);
            voice.Say($"reaper ready: {arguments.Name}, installation {installation}, namespace {arguments.Namespace} of {client.Host}");
            await loop.RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            voice.Say("stopped before any installation was known");
        }
    }

    private ServiceProvider Compose(ClusterConnections clusters, string installation)
    {
        var faults = new FaultOptions { InstallationId = installation, Namespace = arguments.Namespace, SweepNamespaces = arguments.Namespaces };
        return new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton(arguments.AgentImage is { } image ? faults with { AgentImage = image } : faults)
            .AddFaults()
            .AddSingleton(clusters)
            .AddEveryFault()
            .BuildServiceProvider();
    }

    private ReaperOptions Options(string installation) => new()
    {
        Name = arguments.Name,
        Node = arguments.Node,
        Installation = installation,
        Namespace = arguments.Namespace,
        Namespaces = arguments.Namespaces,
        Kinds = arguments.Kinds,
        Quiet = arguments.Quiet,
        Grace = arguments.Grace,
    };

    /// <summary>While no installation has injected here there is nothing to end; it reports its life all the same.</summary>
    private async Task<string> FirstSeenAsync(KubernetesClient client, CancellationToken ct)
    {
        var unbound = new ReaperLease(client, Options(installation: ""), installation: null, Pause, clock);
        while (true)
        {
            try
            {
                if (await InstallationMark.FindAsync(client, arguments.Namespace, ct) is { } installation)
                    return installation;
                await unbound.ReportAsync(await client.ReadServerTimeAsync(ct), untouched: 0, ct);
            }
            catch (Exception away) when (away is KubernetesException or ClusterUnreachableException)
            {
                voice.SayOnce($"nothing can be read, asking again every second: {away.Message}");
            }
            await Task.Delay(Pause, clock, ct);
        }
    }
}

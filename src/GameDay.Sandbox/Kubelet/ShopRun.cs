using System.Net;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Shop;

namespace GameDay.Sandbox.Kubelet;

/// <summary>One running process of a shop container: its server, its connections, its work.</summary>
internal sealed class ShopRun : IContainerRun
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PodHttp _http;
    private readonly PodServer _server;

    private ShopRun(PodHttp http, PodServer server, IShopService service, Freezer process)
    {
        (_http, _server, Process) = (http, server, process);
        Work = Task.Run(() => service.RunAsync(_stopping.Token));
    }

    public Freezer Process { get; }

    /// <summary>What the process does besides answering.</summary>
    public Task Work { get; }

    public static async Task<ShopRun> StartAsync(
        PodContext pod, IReadOnlyList<int> ports, Volume volume, IReadOnlyList<string> arguments, Func<ShopProcess, IShopService> program, Action<string> log, Action answered, CancellationToken ct)
    {
        var network = pod.Services.Network;
        var runs = new Freezer();
        var http = new PodHttp(network, pod.Caller, runs);
        var process = new ShopProcess(pod.Name, http, new ShopMetrics(), volume, pod.Clock, log) { Runs = runs, Arguments = arguments };
        var service = program(process);
        var shop = new ShopServer(service, process);
        PodServer.Listener? listener = service is ISpeaker speaker ? new(ports[1], speaker.ServeAsync) : null;
        var server = await PodServer.StartAsync(network, pod.Uid, new IPEndPoint(pod.Address, ports[0]), CountedAsync, ct, runs, listener);
        return new ShopRun(http, server, service, runs);

        Task CountedAsync(HttpContext request)
        {
            answered();
            return shop.HandleAsync(request);
        }
    }

    /// <summary>SIGTERM: stop accepting, finish what is in flight, at most for the grace period.</summary>
    public async Task DrainAsync(TimeSpan grace, CancellationToken killed)
    {
        await _stopping.CancelAsync();
        await _server.DrainAsync(grace, killed);
        End();
    }

    /// <summary>SIGKILL: every connection is reset.</summary>
    public async Task KillAsync()
    {
        await _stopping.CancelAsync();
        _http.Reset();
        var killed = _server.KillAsync();
        Process.Continue(); // what a stopped process held back finds its connections gone
        await killed;
        End();
    }

    private void End()
    {
        _http.Dispose();
        _server.Dispose();
        _stopping.Dispose();
    }
}

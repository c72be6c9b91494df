using System.Diagnostics;
using System.Text.Json;
using GameDay.Domain.Experiments;
using GameDay.Integrations.Alertmanager;
using GameDay.Integrations.Prometheus;
using GameDay.Web.CommandLine.Up;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

/// <summary>Unmodified Prometheus and Alertmanager on the sandbox, started as <c>./gameday up</c> starts them; and discovery by a server that knows Kubernetes.</summary>
public sealed class MonitoringTests(SandboxProcessFixture sandbox) : IClassFixture<SandboxProcessFixture>, IDisposable
{
    private static readonly HttpClient Http = new();
    private readonly string _root = Directory.CreateTempSubdirectory("gd-monitoring-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task The_shop_is_watched_and_an_alert_fires_while_the_catalogue_is_away()
    {
        Tools.Need("prometheus");
        Tools.Need("prometheus-alertmanager");
        await using var monitoring = new Monitoring(Clone(), _ => { });
        monitoring.Start();
        var alerts = new AlertmanagerAlerts(Http, new AlertmanagerOptions { BaseAddress = new Uri(monitoring.Alertmanager) });

        await UntilAsync(async () => await ReadAsync(monitoring, "count(up{job=\"pods\"} == 1)") >= 16
            && await ReadAsync(monitoring, "count(up{job=\"endpoints\"} == 1)") >= 16
            && await ReadAsync(monitoring, "count(up{job=\"nodes\"} == 1)") == 6, "all targets are up");
        (await ReadAsync(monitoring, "redis_connected_slaves{app=\"store\"}")).ShouldBe(1);

        await sandbox.KubectlAsync("scale deployment/catalogue -n shop --replicas=0");
        await UntilAsync(async () => (await alerts.FiringAsync(default)).Any(a => a is { Name: "ServiceWithoutPods", Summary: "No pod of catalogue answers" }), "the alert fires");

        await sandbox.KubectlAsync("scale deployment/catalogue -n shop --replicas=2");
        await UntilAsync(async () => (await alerts.FiringAsync(default)).All(a => a.Name != "ServiceWithoutPods"), "the alert ends");
    }

    // Debian's Prometheus is built without Kubernetes; its VictoriaMetrics reads the same kubernetes_sd_configs.
    [Fact]
    public async Task A_server_with_kubernetes_sd_configs_discovers_pods_endpoints_and_nodes()
    {
        Tools.Need("victoria-metrics");
        var port = FreePort();
        var files = MonitoringFiles.Write(Clone(), port, port, knowsKubernetes: true);
        await using var server = new ChildProcess("VictoriaMetrics", Path.Combine(_root, "vm.log"),
            [Path.Combine(_root, "eng/with-parent.sh"), "victoria-metrics", $"-promscrape.config={files.PrometheusConfig}", "-promscrape.config.strictParse=false", $"-storageDataPath={files.Data("vm")}", $"-httpListenAddr=127.0.0.1:{port}"],
            new Dictionary<string, string>());
        server.Start();

        await UntilAsync(async () =>
        {
            var up = await TargetsUpAsync(port);
            return up.GetValueOrDefault("pods") >= 16 && up.GetValueOrDefault("endpoints") >= 16 && up.GetValueOrDefault("nodes") == 6;
        }, $"all targets are up: {server.LastLines}");
    }

    [Fact]
    public async Task A_program_of_others_ends_when_whoever_started_it_is_gone()
    {
        using var starter = Process.Start(new ProcessStartInfo(Path.Combine(Product, "eng/with-parent.sh"), ["sleep", "86399"]) { RedirectStandardInput = true, UseShellExecute = false })!;

        starter.StandardInput.Close(); // what kill -9 of the starter does to the pipe

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await starter.WaitForExitAsync(patience.Token);
        starter.ExitCode.ShouldBe(128 + 15);
    }

    private static string Product
    {
        get
        {
            var d = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) d = d.Parent!;
            return d.FullName;
        }
    }

    /// <summary>A clone's folder in which this sandbox is the one that is up.</summary>
    private Layout Clone()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "eng"), Path.Combine(Product, "eng"));
        var layout = new Layout(_root);
        Directory.CreateDirectory(layout.Logs);
        File.Copy(sandbox.Kubeconfig, layout.SandboxKubeconfig);
        return layout;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<double?> ReadAsync(Monitoring monitoring, string query)
    {
        var probe = new ProbeSpec { Name = "q", Question = "?", Tolerance = new Tolerance(Min: 0), Promql = new PromqlProbe(query) };
        try
        {
            return (await new PrometheusProbe(Http, new PrometheusOptions { BaseAddress = new Uri(monitoring.Prometheus) }).ReadAsync("sandbox", probe, default))[0];
        }
        catch (HttpRequestException)
        {
            return null; // not listening yet, or no data yet
        }
    }

    private static async Task<Dictionary<string, int>> TargetsUpAsync(int port)
    {
        try
        {
            var answer = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v1/targets"))).RootElement;
            return answer.GetProperty("data").GetProperty("activeTargets").EnumerateArray().Where(t => t.GetProperty("health").GetString() == "up")
                .CountBy(t => t.GetProperty("labels").GetProperty("job").GetString()!).ToDictionary();
        }
        catch (HttpRequestException)
        {
            return []; // not listening yet
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var watch = Stopwatch.StartNew(); !await holds(); await Task.Delay(200))
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(120), what);
        }
    }
}

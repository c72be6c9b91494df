using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.SandboxItself;

/// <summary>A real etcd and kube-apiserver, as <c>./gameday test kubernetes</c> builds them; no controllers, no nodes.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();
    private readonly Home _home = new();
    private readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly List<Actor> _processes = [];

    public KubeApi Api { get; private set; } = null!;

    /// <summary>Where its programs are: KUBEBUILDER_ASSETS, or the user's cache; null when nobody built them.</summary>
    public static string? Assets => Cached().Prepend(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"))
        .FirstOrDefault(folder => folder is { Length: > 0 } && File.Exists(Path.Combine(folder, "kube-apiserver")) && File.Exists(Path.Combine(folder, "etcd")));

    public static async Task<RealServer> StartAsync(string assets, CancellationToken ct)
    {
        var server = new RealServer();
        try
        {
            await server.GoAsync(assets, ct);
            return server;
        }
        catch
        {
            server._home.Keep = true;
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task GoAsync(string assets, CancellationToken ct)
    {
        var ports = FreePorts(3);
        using (var key = RSA.Create(2048)) await File.WriteAllTextAsync(_home.Below("sa.pem"), key.ExportRSAPrivateKeyPem(), ct);
        await File.WriteAllTextAsync(_home.Below("tokens.csv"), $"{_token},bench,bench,system:masters\n", ct);
        var etcd = $"http://127.0.0.1:{ports[0]}";
        var peers = $"http://127.0.0.1:{ports[1]}";
        Run(assets, "etcd", "--data-dir", _home.Below("etcd"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", $"default={peers}");
        Run(assets, "kube-apiserver", "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--secure-port", $"{ports[2]}", "--cert-dir", _home.Path,
            "--token-auth-file", _home.Below("tokens.csv"), "--authorization-mode", "RBAC", "--endpoint-reconciler-type", "none", "--disable-admission-plugins", "ServiceAccount",
            "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", _home.Below("sa.pem"), "--service-account-signing-key-file", _home.Below("sa.pem"),
            "--service-cluster-ip-range", "10.96.0.0/16");
        await _processes[1].UntilAsync(() => AnswersAsync(ports[2], ct), Patience, ct);
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        // The server's own certificate comes first, then the authority that signed it.
        if (!File.Exists(_home.Below("apiserver.crt")) || (await File.ReadAllTextAsync(_home.Below("apiserver.crt"), ct)).Split("-----BEGIN ") is not [_, _, var authority]) return false;
        var data = Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEGIN {authority}"));
        await File.WriteAllTextAsync(_home.Below("kubeconfig"), $"certificate-authority-data: {data}\nserver: https://127.0.0.1:{port}\ntoken: {_token}\n", ct);
        var api = new KubeApi(_home.Below("kubeconfig"), connections: 10);
        try
        {
            await api.GetAsync("api/v1/namespaces/default", ct);
            Api = api;
            return true;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or KubeRefused)
        {
            api.Dispose();
            return false;
        }
    }

    private static IEnumerable<string?> Cached()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var ours = Path.Combine(cache, "gameday");
        return Directory.Exists(ours) ? Directory.EnumerateDirectories(ours, "kube-apiserver-*") : [];
    }

    private void Run(string assets, string program, params string[] arguments)
    {
        var actor = new Actor(program, _home.Log(program), [Path.Combine(assets, program), .. arguments], NoVariables);
        actor.Start();
        _processes.Add(actor);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        foreach (var process in Enumerable.Reverse(_processes)) await process.DisposeAsync();
        _home.Dispose();
    }
}

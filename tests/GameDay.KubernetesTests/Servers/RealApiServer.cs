using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using GameDay.Kubernetes;

namespace GameDay.KubernetesTests.Servers;

/// <summary>A real etcd, kube-apiserver and, where the folder has it, kube-controller-manager. No scheduler, no kubelet, no nodes.</summary>
public sealed class RealApiServer(string assets) : TestServer
{
    private const int Tries = 4;
    private readonly string _directory = Directory.CreateTempSubdirectory("gd-apiserver-").FullName;
    private readonly List<ServerProcess> _processes = [];
    private PlayedKubelet? _kubelet;

    public override string Name => "real";

    public override string Kubeconfig => Path.Combine(_directory, "kubeconfig");

    public override Has Has => Has.Ownership;

    // The node lifecycle controller would take our nodes, which nobody reports on, for dead.
    public override bool HasNodeController => false;

    /// <summary>With other ports again when somebody took one in between.</summary>
    public override async Task StartAsync()
    {
        WriteKeys();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartOnceAsync(FreePorts(3));
                break;
            }
            catch (ServerDied) when (attempt < Tries)
            {
                await StopAsync();
            }
        }

        _kubelet = new(Connect());
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartOnceAsync(int[] ports)
    {
        var etcd = $"http://127.0.0.1:{ports[0]}";
        Run("etcd", "--data-dir", InDirectory($"etcd-{ports[0]}"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", $"http://127.0.0.1:{ports[1]}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{ports[1]}", "--initial-cluster", $"default=http://127.0.0.1:{ports[1]}");
        await AgeAsync(etcd);
        Run("kube-apiserver", "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--secure-port", $"{ports[2]}", "--cert-dir", _directory,
            "--token-auth-file", InDirectory("tokens.csv"), "--authorization-mode", "RBAC", "--allow-privileged", "--endpoint-reconciler-type", "none",
            "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", InDirectory("sa.pem"), "--service-account-signing-key-file", InDirectory("sa.pem"),
            "--service-cluster-ip-range", "10.96.0.0/16");
        await ReadyAsync(ports[2]);
        using (var client = Connect())
            await PlayedKubelet.RegisterNodesAsync(client);
        if (File.Exists(Path.Combine(assets, "kube-controller-manager")))
            Run("kube-controller-manager", "--kubeconfig", Kubeconfig, "--leader-elect=false", "--use-service-account-credentials=false", "--port", "0", "--secure-port", "0",
                "--service-account-private-key-file", InDirectory("sa.pem"), "--controllers", "*,-nodelifecycle,-nodeipam,-route,-service,-attachdetach,-persistentvolume-binder,-csrsigning");
    }

    /// <summary>So that the server does not begin at version 1, which it would not call too old.</summary>
    private async Task AgeAsync(string etcd)
    {
        using var http = new HttpClient();
        await Eventually.Async(async () => _processes[^1].HasExited ? throw new ServerDied(_processes[^1].Words) : await PutAsync(), "etcd");
        for (var count = 0; count < 8; count++)
            await PutAsync();

        async Task<bool> PutAsync()
        {
            try
            {
                using var answer = await http.PostAsync(new Uri($"{etcd}/v3/kv/put"), new StringContent("""{"key": "Z2FtZWRheQ==", "value": "MQ=="}"""));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // not listening yet
            }
        }
    }

    private async Task ReadyAsync(int port)
    {
        var deadline = DateTime.UtcNow.AddSeconds(180);
        while (!await IsReadyAsync(port))
        {
            if (_processes.FirstOrDefault(one => one.HasExited) is { } dead)
                throw new ServerDied(dead.Words);
            if (DateTime.UtcNow > deadline)
                throw new InvalidOperationException($"kube-apiserver was not ready within 180 s.\n{_processes[^1].Words}");
            await Task.Delay(200);
        }
    }

    private async Task<bool> IsReadyAsync(int port)
    {
        if (!File.Exists(InDirectory("apiserver.crt")))
            return false;
        WriteKubeconfig(port);
        try
        {
            using var client = Connect();
            // Its hooks make the namespaces and roles that everything else needs.
            return await client.FindAsync<V1Namespace>("default") is not null && (await client.MayAsync(new("delete", "nodes"))).Allowed && await IsHealthyAsync(port);
        }
        catch (Exception notYet) when (notYet is HttpRequestException or ClusterUnreachableException or KubernetesException or KubeConfigException)
        {
            return false;
        }
    }

    private static async Task<bool> IsHealthyAsync(int port)
    {
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using var answer = await http.GetAsync(new Uri($"https://127.0.0.1:{port}/readyz"));
        return answer.IsSuccessStatusCode;
    }

    private void WriteKeys()
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(InDirectory("sa.pem"), key.ExportRSAPrivateKeyPem());
        File.WriteAllText(InDirectory("tokens.csv"), $"{Token},tests,tests,system:masters\n");
    }

    private void WriteKubeconfig(int port) => File.WriteAllText(Kubeconfig, $$"""
        apiVersion: v1
        kind: Config
        current-context: real
        clusters: [{name: real, cluster: {server: "https://127.0.0.1:{{port}}", certificate-authority: "{{InDirectory("apiserver.crt")}}"} }]
        users: [{name: tests, user: {token: "{{Token}}"} }]
        contexts: [{name: real, context: {cluster: real, user: tests} }]
        """);

    private string Token { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private string InDirectory(string name) => Path.Combine(_directory, name);

    private void Run(string program, params string[] arguments) => _processes.Add(new(Path.Combine(assets, program), arguments));

    private async Task StopAsync()
    {
        if (_kubelet is not null)
            await _kubelet.DisposeAsync();
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        _processes.Clear();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}

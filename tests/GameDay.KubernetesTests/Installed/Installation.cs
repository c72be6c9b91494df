using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using GameDay.Web.CommandLine;
using GameDay.Web.Manifests;

namespace GameDay.KubernetesTests.Installed;

/// <summary>GameDay as its own manifests install it: its service accounts, with the permissions that those give and no others.</summary>
public sealed class Installation(ServerUnderTest server) : IAsyncLifetime
{
    public const string Cluster = "tested";
    private readonly List<string> _files = [];

    /// <summary>Where faults may act.</summary>
    public string Target { get; private set; } = "";

    public string Manifests { get; private set; } = "";

    public ServerUnderTest Server => server;

    public KubernetesClient Admin => server.Client;

    public string ReaperKubeconfig { get; private set; } = "";

    /// <summary>As service account gameday-app.</summary>
    public ClusterConnections Clusters { get; private set; } = null!;

    public FaultOptions Options { get; } = new() { InstallationId = "contract", SweepNamespaces = [] };

    public async ValueTask InitializeAsync()
    {
        if (!server.Server.Has.HasFlag(Has.Ownership))
            return;
        Target = await Namespaces.MakeAsync(server);
        Manifests = Served(new ClusterManifests(Cluster, [], [], Options.InstallationId).All(new Chart(Path.Combine(Root(), "helm/gameday")), ManifestsCommand.Kinds()));
        await server.KubectlAsync("apply -f -", Manifests);
        ReaperKubeconfig = await KubeconfigAsync("gameday-reaper");
        Clusters = new([new ClusterSource(Cluster, IsSandbox: false, await KubeconfigAsync("gameday-app"))], TimeProvider.System);
    }

    /// <summary>Budgets came to policy/v1 with 1.21: the only thing in the manifests that 1.20 lacks.</summary>
    private string Served(string manifests) =>
        server.Version >= new Version(1, 21) ? manifests : manifests.Replace("apiVersion: policy/v1\n", "apiVersion: policy/v1beta1\n", StringComparison.Ordinal);

    public InjectionOrder Order(FaultTarget target, TimeSpan duration, params (string Name, string Value)[] settings)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        return new(id, id.ToString("N")[^8..], Guid.NewGuid(), Options.InstallationId, target, settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal), duration, now.AddSeconds(60), now + duration);
    }

    public Ledger Ledger(params IFault[] faults) => new(Clusters, Options, new LedgerSweep(Clusters, Options, faults));

    public async ValueTask DisposeAsync()
    {
        Clusters?.Dispose();
        if (Manifests.Length > 0)
            await server.KubectlAsync("delete --wait=false --ignore-not-found -f -", Manifests);
        _files.ForEach(File.Delete);
    }

    public static string Root()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        throw new InvalidOperationException("GameDay.sln is not above the tests' folder");
    }

    private async Task<string> KubeconfigAsync(string account)
    {
        var token = (await server.KubectlAsync($"create token {account} -n gameday --duration=1h")).Trim();
        var file = Path.GetTempFileName();
        _files.Add(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(server.Server.Kubeconfig));
        await server.Server.KubectlOnAsync(file, $"config set-credentials {account} --token={token}");
        await server.Server.KubectlOnAsync(file, $"config set-context --current --user={account}");
        return file;
    }
}

[CollectionDefinition("installed")]
public sealed class InstalledCollection : ICollectionFixture<Installation>;

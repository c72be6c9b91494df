using System.Net;

namespace GameDay.Web.Hosting;

/// <summary>What the web host is told at start, by the command line.</summary>
public sealed record WebOptions
{
    /// <summary>Port to listen on; 0 lets the system choose. Default: 5180.</summary>
    public int Port { get; init; } = 5180;

    /// <summary>Address to listen on. Default: 127.0.0.1, so nobody else on the network reaches it.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Npgsql connection string; a directory as Host is a unix socket.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Clusters by name. One of them may be the sandbox.</summary>
    public IReadOnlyList<NamedCluster> Clusters { get; init; } = [];

    /// <summary>Directory for the command line's token. Default: .gameday.</summary>
    public string DataDirectory { get; init; } = ".gameday";

    /// <summary>Directory that holds runbooks/. Default: the current one.</summary>
    public string RepositoryRoot { get; init; } = ".";

    public bool IsLoopback => IPAddress.TryParse(Address, out var address) && IPAddress.IsLoopback(address);

    /// <summary>Demo people exist only with the sandbox and only on loopback; one real cluster ends them.</summary>
    public bool DemoSignIns => IsLoopback && Clusters.All(c => c.IsSandbox);

    public string TokenFile => Path.Combine(DataDirectory, "api.token");

    public string RunbooksDirectory => Path.Combine(RepositoryRoot, "runbooks");
}

/// <param name="Kubeconfig">Path of the kubeconfig file, never the ambient one; null for the cluster that GameDay itself runs in.</param>
/// <param name="Context">Context in it; null takes its current one.</param>
public sealed record NamedCluster(string Name, string? Kubeconfig, string? Context = null, bool IsSandbox = false);

using GameDay.Kubernetes;

namespace GameDay.KubernetesTests.Servers;

/// <summary>A Kubernetes API that the tests may use: the sandbox, an API server without nodes, or a whole cluster of the user's.</summary>
public abstract class TestServer : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract string Kubeconfig { get; }

    /// <summary>What the server has beside the API.</summary>
    public abstract Has Has { get; }

    /// <summary>Holds a shell's usual commands. Set it where images come from a registry of your own.</summary>
    public static string Image { get; } = Environment.GetEnvironmentVariable("GAMEDAY_TEST_IMAGE") is { Length: > 0 } image ? image : "busybox:1.36";

    public static V1Container Sleeper { get; } = new() { Name = "main", Image = Image, Command = ["sleep", "3600"] };

    public abstract Task StartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether something taints nodes that are cordoned.</summary>
    public virtual bool HasNodeController => true;

    public KubernetesClientConfiguration Configuration => KubernetesClientConfiguration.FromKubeConfig(Kubeconfig) with { ClusterName = Name };

    public KubernetesClient Connect() => new(Configuration);

    /// <summary>Runs kubectl with another kubeconfig of this server.</summary>
    public async Task KubectlOnAsync(string kubeconfig, string commandLine)
    {
        var done = await Kubectl.RunAsync(kubeconfig, commandLine);
        if (done.Code != 0)
            throw new InvalidOperationException($"kubectl ended with {done.Code}: {done.Error}");
    }

    /// <summary>The server that <c>GAMEDAY_TEST_SERVER</c> names: sandbox (default), real, own.</summary>
    public static TestServer Wanted() => Environment.GetEnvironmentVariable("GAMEDAY_TEST_SERVER") switch
    {
        null or "" or "sandbox" => new SandboxServer(),
        "real" => new RealApiServer(Variable("KUBEBUILDER_ASSETS", "a folder with kube-apiserver and etcd; eng/kube-apiserver.sh makes one")),
        "own" => new OwnCluster(Variable("GAMEDAY_TEST_KUBECONFIG", "the kubeconfig of a cluster in which the tests may make namespaces")),
        var other => throw new InvalidOperationException($"GAMEDAY_TEST_SERVER is '{other}'; it is one of sandbox, real, own."),
    };

    private static string Variable(string name, string what) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set: {what}.");
}

/// <summary>Parts of a cluster that a call may need beside an API server.</summary>
[Flags]
public enum Has
{
    Nothing = 0,

    /// <summary>Pods run: exec, logs, proxy, ephemeral containers that do something.</summary>
    Kubelet = 1,

    /// <summary>It is ours alone: nodes and other things without a namespace may be changed.</summary>
    Ownership = 2,
}

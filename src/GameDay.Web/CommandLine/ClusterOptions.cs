using System.CommandLine;

namespace GameDay.Web.CommandLine;

/// <summary>A real cluster is always named by these options, never taken from the environment.</summary>
public static class ClusterOptions
{
    public static Option<string?> Kubeconfig() => new("--kubeconfig") { Description = "Kubeconfig of a real cluster, used instead of the sandbox. KUBECONFIG is never read." };

    public static Option<string?> Cluster() => new("--cluster") { Description = "Name of the cluster (the kubeconfig's context)." };

    public static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}

using System.CommandLine;
using GameDay.Domain;
using GameDay.Kubernetes;

namespace GameDay.Web.CommandLine;

/// <summary>A real cluster is always named by these options, never taken from the environment.</summary>
public static class ClusterOptions
{
    public static Option<string?> Kubeconfig() => new("--kubeconfig") { Description = "Kubeconfig of a real cluster, used instead of the sandbox. KUBECONFIG is never read." };

    public static Option<string?> Cluster() => new("--cluster") { Description = "Name of the cluster (the kubeconfig's context)." };

    public static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    /// <summary>Reads the file before anything is started: a missing context or an expired certificate is told at once.</summary>
    public static void RefuseUnusable(string? kubeconfig, string? cluster)
    {
        if (kubeconfig is null && cluster is not null)
            throw new RuleBroken("KubeconfigIsMissing", "--cluster names a context of a kubeconfig. Give --kubeconfig too, or leave it away for the sandbox.");
        try
        {
            if (kubeconfig is not null) KubernetesClientConfiguration.FromKubeConfig(kubeconfig, cluster);
        }
        catch (KubeConfigException unusable)
        {
            throw new RuleBroken("KubeconfigUnusable", $"The cluster '{cluster ?? "default"}' of {kubeconfig} cannot be used: {unusable.Message} Nothing was started.");
        }
    }
}

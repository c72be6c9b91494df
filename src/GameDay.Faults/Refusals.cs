using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Turns what a cluster says into what a person is told.</summary>
internal static class Refusals
{
    /// <summary>For reads: every way of failing is a refusal with the cause.</summary>
    public static async Task<T> ExplainAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (KubernetesException refusal)
        {
            throw new RuleBroken("ClusterRefused", $"The cluster refused: {refusal.Message}");
        }
        catch (Exception away) when (away is ClusterUnreachableException or KubeConfigException)
        {
            throw new RuleBroken("ClusterUnreachable", away.Message);
        }
    }

    /// <summary>For Prepare, which only reads and dry-runs: nothing was touched, whatever went wrong.</summary>
    public static async Task<T> RefuseFaultAsync<T>(Func<Task<T>> prepare)
    {
        try
        {
            return await prepare();
        }
        catch (Exception cause) when (cause is KubernetesException or ClusterUnreachableException or KubeConfigException)
        {
            throw new FaultRefused(cause.Message);
        }
    }

    /// <summary>For the write itself: a clear no of the server changed nothing; silence or a server error may have.</summary>
    public static async Task<T> RefuseIfUntouchedAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (KubernetesException refusal) when (refusal.Code is >= 400 and < 500)
        {
            throw new FaultRefused(refusal.Message);
        }
        catch (ClusterUnreachableException away) when (!away.MayHaveLanded)
        {
            throw new FaultRefused(away.Message);
        }
    }
}

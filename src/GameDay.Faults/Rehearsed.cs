using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>One request asked with <c>dryRun=All</c>, and the server's answer to it in words.</summary>
internal static class Rehearsed
{
    public static async Task<Rehearsal> AskAsync(string asked, Func<Task> dryRun)
    {
        try
        {
            await dryRun();
            return new(asked, true, "accepted");
        }
        catch (KubernetesException unknown) when (unknown.Message.Contains("dry run", StringComparison.OrdinalIgnoreCase))
        {
            // An admission webhook with side effects refuses to be asked: that is neither yes nor no.
            return new(asked, null, unknown.Message);
        }
        catch (Exception no) when (no is KubernetesException or RuleBroken)
        {
            return new(asked, false, no.Message);
        }
        catch (ClusterUnreachableException away)
        {
            return new(asked, null, away.Message);
        }
    }
}

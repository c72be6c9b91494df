using System.Security.Cryptography;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>One look with an agent into one pod of a node.</summary>
internal sealed class NodeTrial(KubernetesClient client, FaultOptions options)
{
    private const string Prefix = "gameday-rehearse";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <exception cref="FaultRefused">The agent cannot start there or says nothing.</exception>
    public async Task<(bool Fit, string Words)> OnAsync(FaultTarget target, CancellationToken ct)
    {
        if (await ForeignNodeAsync(target.Node!, ct) is { } foreign) return (false, foreign);
        if (await PodOnAsync(target, ct) is not { } pod) return (true, $"no pod of {target.Namespace} is there, so none gets an agent");
        if (RuntimeOf(pod) is { } runtime) return (false, $"{pod.Metadata.Name} runs under {runtime}, which does not use its node's kernel");
        if (AgentContainer.CountIn(pod) >= AgentContainer.MostPerPod) return (false, $"{pod.Metadata.Name} has held {AgentContainer.MostPerPod} agents; replace it: kubectl -n {target.Namespace} delete pod {pod.Metadata.Name}");
        return await LookAsync(pod, ct);
    }

    private async Task<(bool Fit, string Words)> LookAsync(V1Pod pod, CancellationToken ct)
    {
        var id = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var before = await client.ReadServerTimeAsync(ct);
        var run = await new AgentContainer(client, options, pod.Metadata.Namespace!, pod.Metadata.Name!, pod.Metadata.Uid!, id)
            .RunAsync(Prefix, ["rehearse", "--id", id], needsNetAdmin: true, Within, ct);
        var after = await client.ReadServerTimeAsync(ct);
        return RehearsalReading.Parse(run.Message) is { } read ? read.Judge(before, after)
            : (false, $"the agent {options.AgentImage} ended with {run.ExitCode} and no word: {run.Message?.Trim()}");
    }

    /// <summary>A pod of the namespace on that node; the target itself when it is one.</summary>
    private async Task<V1Pod?> PodOnAsync(FaultTarget target, CancellationToken ct)
    {
        if (target.Kind == "Pod") return await client.FindAsync<V1Pod>(target.Name, target.Namespace, ct);
        var pods = await client.ListAsync<V1Pod>(target.Namespace, cancellationToken: ct);
        return pods.Items.Where(p => p.IsAlive && p.Spec?.NodeName == target.Node).MinBy(AgentContainer.CountIn);
    }

    private static string? RuntimeOf(V1Pod pod) => pod.Spec?.RuntimeClassName is { } runtime && new[] { "gvisor", "runsc", "kata" }.Any(s => runtime.Contains(s, StringComparison.OrdinalIgnoreCase)) ? runtime : null;

    private async Task<string?> ForeignNodeAsync(string name, CancellationToken ct)
    {
        try
        {
            return await client.FindAsync<V1Node>(name, cancellationToken: ct) switch
            {
                null => $"there is no node {name} any more",
                { Status.NodeInfo.OperatingSystem: "windows" } => "it runs Windows; the agent needs a Linux kernel",
                var node when node.Metadata.Label("eks.amazonaws.com/compute-type") == "fargate" => "it is Fargate, which takes no agent",
                _ => null,
            };
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            // Nodes may not be read here; the trial itself tells.
            return null;
        }
    }
}

using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>What a pod's agents prove about one injection, from their termination messages alone.</summary>
/// <param name="Holds">Read back and found gone, and nothing of it can land any more.</param>
internal sealed record AgentProof(bool Holds, string Summary, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>A living agent or one that never started proves nothing; a dead one needs a later reading by a fresh container.</summary>
    public static AgentProof Of(V1Pod pod, string agent, string shortId)
    {
        var state = pod.EphemeralContainer(agent)?.State;
        if (state?.Running is not null)
            return new(false, "the agent still runs", AgentFacts.None);
        if (state?.Terminated is not { } ended)
            return VerbOf(pod, agent) == "revert"
                ? new(true, "its agent's name was given to a revert before it came, so it never can", AgentFacts.None)
                : new(false, "the agent has not started and still may", AgentFacts.None);
        // A verb exec'd into the agent may have been the last to speak there; what it read is older than what the agent did since.
        if (AgentEvidence.Parse(ended.Message) is { State: "reverted" or "late" or "refused" } own && own.Verb == VerbOf(pod, agent))
            return new(true, Words(own), AgentFacts.Of(agent, own));
        return ByAnother(pod, shortId, ended.FinishedAt)
            ?? new(false, $"the agent ended with {ended.ExitCode} ({ended.Reason}) before it proved anything", AgentFacts.Of(agent, AgentEvidence.Parse(ended.Message)));
    }

    public static bool IsNamed(V1Pod pod, string agent) => pod.Spec?.EphemeralContainers?.Any(c => c.Name == agent) == true;

    private static string? VerbOf(V1Pod pod, string agent) =>
        pod.Spec?.EphemeralContainers?.FirstOrDefault(c => c.Name == agent)?.Args?.FirstOrDefault();

    private static AgentProof? ByAnother(V1Pod pod, string shortId, DateTimeOffset? after)
    {
        foreach (var name in AgentContainer.NamesOf(pod, "gameday-undo", shortId).Reverse())
        {
            if (pod.EphemeralContainer(name)?.State?.Terminated is not { } ended || ended.StartedAt is null || ended.StartedAt <= after)
                continue;
            if (AgentEvidence.Parse(ended.Message) is { State: "reverted" or "clean" } evidence)
                return new(true, Words(evidence), AgentFacts.Of(name, evidence));
        }
        return null;
    }

    private static string Words(AgentEvidence evidence) => evidence.State switch
    {
        "late" => "the agent started too late and touched nothing",
        "refused" => $"the agent refused and left nothing behind: {evidence.Reason}",
        _ when evidence.Processes is { } now => $"nothing is held any more, the processes were read again: {now}",
        _ => "table and qdisc were read back in the pod's kernel and are gone",
    };
}

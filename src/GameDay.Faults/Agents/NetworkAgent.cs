using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// The agent that holds one injection in its target's network namespace: container <c>gameday-ID-1</c>, a name that can be
/// given only once. Whoever finds it free can take it for a revert, and no inject of this injection lands any more.
/// </summary>
internal sealed class NetworkAgent(KubernetesClient client, FaultOptions options, InjectionOrder order, SharedProcesses? shared = null)
{
    private const string LookPrefix = "gameday-look";
    private const int MostLooksFromOutside = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private readonly AgentContainer _containers = new(client, options, order.Target.Namespace, order.Target.Name, order.Target.Uid, order.ShortId, shared);

    private string[] Status => ["status", "--id", order.ShortId, .. shared?.Words ?? []];

    private int _looksFromOutside;

    public string Name => $"gameday-{order.ShortId}-1";

    /// <summary>Asks the server whether it would accept the agent; nothing is stored.</summary>
    public async Task RehearseAsync(CancellationToken ct)
    {
        var pod = await _containers.ReadAsync(ct);
        if (AgentContainer.CountIn(pod) >= AgentContainer.MostPerPod)
            throw new FaultRefused($"{order.Target.Name} has held {AgentContainer.MostPerPod} agents, which stay in its spec for its life; replace it first: kubectl -n {order.Target.Namespace} delete pod {order.Target.Name}");
        await _containers.AddAsync(Name, Status, needsNetAdmin: true, dryRun: true, ct);
    }

    public Task InjectAsync(IReadOnlyList<string> words, CancellationToken ct) =>
        _containers.AddAsync(Name, words, needsNetAdmin: true, dryRun: false, ct);

    /// <summary>What the agent says once its fault stands, or why it does not.</summary>
    public async Task<AgentLook> WaitUntilActiveAsync(TimeSpan within, string? probe, CancellationToken ct)
    {
        try
        {
            return await Poll.UntilAsync(() => LookAsync(probe, ct), look => look.Final, within, Pause, ct);
        }
        catch (FaultRefused problem)
        {
            // The request was sent, so this is no refusal any more: it is reverted like any other.
            return AgentLook.GivenUp(problem.Message);
        }
    }

    private async Task<AgentLook> LookAsync(string? probe, CancellationToken ct)
    {
        var status = (await _containers.ReadAsync(ct)).EphemeralContainer(Name);
        if (status?.State?.Terminated is { } ended)
            return AgentLook.Said(AgentEvidence.Parse(ended.Message) ?? Silent(ended));
        if (AgentContainer.CannotStart(status))
            return AgentLook.GivenUp($"cannot start: {status!.State!.Waiting!.Reason} {status.State.Waiting.Message}".TrimEnd());
        if (status?.State?.Running is null)
            return AgentLook.NotYet("has not started");
        var said = await _containers.ExecAsync(Name, Status, ct) ?? await LookFromOutsideAsync(probe, ct);
        return said is { State: "active" } && (probe is null || HasLooked(said))
            ? AgentLook.Said(said)
            : AgentLook.NotYet("runs, but its fault was not seen");
    }

    // The agent places its fault first and measures it then; until it has, its status is that of a fault nobody looked at.
    private bool HasLooked(AgentEvidence said) =>
        said.EffectMs is not null || said.MeasuredBy is not null || said.NotMeasured is not null || said.Reason is not null || (_looksFromOutside > 0 && said.Attempts is not null);

    // Without exec a second container looks into the same network namespace. It has no baseline to compare with,
    // and it stays in the pod's spec for ever, so the agent gets time to begin and few looks are taken.
    private async Task<AgentEvidence?> LookFromOutsideAsync(string? probe, CancellationToken ct)
    {
        if (_looksFromOutside++ >= MostLooksFromOutside)
            return null;
        await Task.Delay(BetweenLooks, ct);
        string[] verb = probe is null ? Status : [.. Status, "--probe", probe];
        return (await _containers.RunAsync(LookPrefix, verb, needsNetAdmin: true, AnswerWithin, ct)).Evidence;
    }

    private AgentEvidence Silent(V1ContainerStateTerminated ended) =>
        new() { Verb = "inject", Id = order.ShortId, State = "dead", Reason = $"the agent ended with {ended.ExitCode} ({ended.Reason}) and no word" };
}

/// <summary>One look at an agent that is to inject.</summary>
/// <param name="Final">Looking again would show nothing else.</param>
internal sealed record AgentLook(AgentEvidence? Evidence, string Problem, bool Final)
{
    public static AgentLook Said(AgentEvidence evidence) => new(evidence, "", Final: true);

    public static AgentLook NotYet(string problem) => new(null, problem, Final: false);

    public static AgentLook GivenUp(string problem) => new(null, problem, Final: true);
}

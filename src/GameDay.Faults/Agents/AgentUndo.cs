using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Agents;

/// <summary>
/// Takes an agent's fault out of its pod by two routes (revert protocol, rule 6): exec into the living agent, else a fresh
/// container <c>gameday-undo-ID-n</c>. What is proved is read in <see cref="AgentProof"/>.
/// </summary>
internal sealed class AgentUndo(KubernetesClient client, FaultOptions options, InjectionOrder order, SharedProcesses? shared = null)
{
    private const string UndoPrefix = "gameday-undo";
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UndoWithin = TimeSpan.FromSeconds(15);
    private readonly AgentContainer _containers = new(client, options, order.Target.Namespace, order.Target.Name, order.Target.Uid, order.ShortId, shared);
    private readonly string _agent = new NetworkAgent(client, options, order).Name;

    private string[] Revert => ["revert", "--id", order.ShortId, .. shared?.Words ?? []];

    /// <summary>Repeatable: does nothing where the proof is there already.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await FindPodAsync(ct) is not { } pod)
            return;
        if (!AgentProof.IsNamed(pod, _agent) && await TakeTheNameAsync(ct))
            return;
        if (AgentProof.Of(pod, _agent, order.ShortId).Holds)
            return;
        if (pod.EphemeralContainer(_agent)?.State?.Running is not null && await AskTheLivingAsync(ct))
            return;
        // One that waits for its image has done nothing, and started after its limit it will not.
        if ((await FindPodAsync(ct))?.EphemeralContainer(_agent)?.State is { Waiting: null })
            await FreshAsync(ct);
    }

    private async Task<V1Pod?> FindPodAsync(CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        return pod?.Metadata.Uid == order.Target.Uid ? pod : null;
    }

    /// <summary>The inject request was never seen here, yet may be under way: its name is given to a revert, so that it is refused.</summary>
    private async Task<bool> TakeTheNameAsync(CancellationToken ct)
    {
        try
        {
            await _containers.AddAsync(_agent, Revert, needsNetAdmin: true, dryRun: false, ct);
        }
        catch (KubernetesException first) when (first.Code is 409 or 422)
        {
            return false;
        }
        await _containers.EndAsync(_agent, UndoWithin, ct);
        return true;
    }

    /// <summary>The exec may speak last into the agent's termination message, and what it says proves nothing: then a fresh one is asked.</summary>
    private async Task<bool> AskTheLivingAsync(CancellationToken ct) =>
        await _containers.ExecAsync(_agent, Revert, ct) is { State: "reverted" }
        && await _containers.EndAsync(_agent, EndWithin, ct) is not null
        && await FindPodAsync(ct) is { } pod && AgentProof.Of(pod, _agent, order.ShortId).Holds;

    private async Task FreshAsync(CancellationToken ct)
    {
        await LetItsLastSecondPassAsync(ct);
        if (await UnstartedAsync(ct) is { } earlier)
            await _containers.EndAsync(earlier, UndoWithin, ct);
        else
            await _containers.RunAsync(UndoPrefix, Revert, needsNetAdmin: true, UndoWithin, ct);
        // Its table taken away, an agent that still lives ends within a glance, and says so.
        await _containers.EndAsync(_agent, EndWithin, ct);
    }

    // Containers tell their times in whole seconds: one that begins in the second of the agent's end proves nothing.
    private async Task LetItsLastSecondPassAsync(CancellationToken ct)
    {
        var ended = (await _containers.ReadAsync(ct)).EphemeralContainer(_agent)?.State?.Terminated?.FinishedAt;
        if (client.ServerClock.Now < ended + TimeSpan.FromSeconds(1))
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
    }

    /// <summary>One that waits for its image or its node, by whomever it was added: each stays in the pod's spec for ever.</summary>
    private async Task<string?> UnstartedAsync(CancellationToken ct)
    {
        var pod = await _containers.ReadAsync(ct);
        return AgentContainer.NamesOf(pod, UndoPrefix, order.ShortId).FirstOrDefault(name => pod.EphemeralContainer(name)?.State is null or { Waiting: not null });
    }
}

using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>Tries a new connection between two pods: what counts is the traffic, not the return code of a write.</summary>
internal sealed class ConnectCheck(KubernetesClient client, FaultOptions options, InjectionOrder order)
{
    public const string Forth = "gameday";

    /// <summary>Verbs of the revert, which the limit of agents per pod does not bind.</summary>
    public const string Back = "gameday-undo";
    private static readonly TimeSpan AgentWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Tries up to <paramref name="tries"/> times until the answer is the one expected: policies take a moment to be enforced.</summary>
    /// <returns>The last try.</returns>
    public async Task<ConnectResult> TryAsync(string prefix, Pair pair, bool expected, int tries, CancellationToken ct)
    {
        for (var left = tries - 1; ; left--)
        {
            var result = await OnceAsync(prefix, pair, ct);
            if (result.Connected == expected || left == 0)
                return result;
            await Task.Delay(Pause, ct);
        }
    }

    public Task RehearseAsync(Pair pair, CancellationToken ct) => In(pair.Source).StartAsync(Forth, Verb(pair), needsNetAdmin: false, dryRun: true, ct);

    /// <summary>What the first try of this injection saw; null when there was none in this pod.</summary>
    public bool? ConnectedBefore(V1Pod source) =>
        AgentContainer.NamesOf(source, Forth, order.ShortId).FirstOrDefault() is { } first
            ? AgentEvidence.Parse(source.EphemeralContainer(first)?.State?.Terminated?.Message)?.Connected
            : null;

    private async Task<ConnectResult> OnceAsync(string prefix, Pair pair, CancellationToken ct)
    {
        var run = await In(pair.Source).RunAsync(prefix, Verb(pair), needsNetAdmin: false, AgentWithin, ct);
        return run.Evidence is { Connected: { } connected } evidence
            ? new(connected, connected ? $"connected in {evidence.Ms:0.#} ms" : evidence.Error ?? "no connection", run.Container)
            : throw new FaultRefused($"The agent {run.Container} ended with {run.ExitCode} and gave no evidence: {run.Message ?? "no message"}");
    }

    private AgentContainer In(V1Pod pod) => new(client, options, pod.Metadata.Namespace!, pod.Metadata.Name!, pod.Metadata.Uid!, order.ShortId);

    private string[] Verb(Pair pair) => ["connect", "--id", order.ShortId, "--to", pair.Address, "--timeout", "1s"];
}

internal sealed record ConnectResult(bool Connected, string Summary, string Container);

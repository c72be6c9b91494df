using GameDay.Agent.Kernel;
using GameDay.Agent.Options;

namespace GameDay.Agent.Verbs;

/// <summary>Tries one new TCP connection from this pod: whether a partition holds is seen, not assumed.</summary>
public sealed class Connect : IVerb
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        line.Allow("id", "to", "timeout");
        var id = line.Optional("id") is null ? "" : line.Id();
        var to = line.OptionalEndPoint("to") ?? throw new UsageProblem("connect needs --to ip:port");
        var result = await kernel.ConnectAsync(to, line.Duration("timeout", DefaultTimeout), stop);
        return new Evidence("connect", id, result.Connected ? AgentState.Connected : AgentState.Unreachable, clock.GetUtcNow())
        {
            Connected = result.Connected,
            Ms = result.Ms,
            Error = result.Error,
            Reason = result.Connected ? null : $"{to}: {result.Error}",
        };
    }
}

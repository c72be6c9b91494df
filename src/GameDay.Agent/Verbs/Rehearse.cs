using GameDay.Agent.Kernel;
using GameDay.Agent.Network.Rehearsing;
using GameDay.Agent.Options;

namespace GameDay.Agent.Verbs;

/// <summary>Says what network faults would find here: once per node, before anybody approves. Touches nothing.</summary>
public sealed class Rehearse : IVerb
{
    /// <inheritdoc />
    public async Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        line.Allow("id");
        var id = line.Optional("id") is null ? "" : line.Id();
        var facts = await new Look(kernel).RoundAsync(stop);
        return new Evidence("rehearse", id, AgentState.Rehearsed, clock.GetUtcNow()) { Rehearsal = facts };
    }
}

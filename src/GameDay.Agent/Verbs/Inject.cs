using GameDay.Agent.Kernel;
using GameDay.Agent.Options;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Verbs;

/// <summary>Puts a fault in place, stays with it until its end, takes it out and proves that.</summary>
public sealed class Inject : IVerb
{
    /// <inheritdoc />
    public Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        if (ProcessOptions.IsAskedBy(line))
            return new ProcessInjecting(ProcessOptions.Read(line), kernel.Processes, sink, clock, started).RunAsync(stop);
        return new Injecting(InjectOptions.Read(line), kernel, sink, clock, started).RunAsync(stop);
    }
}

using GameDay.Agent.Kernel;
using GameDay.Agent.Options;

namespace GameDay.Agent.Verbs;

/// <summary>One verb of the command line. Its last evidence is returned; earlier lines it writes itself.</summary>
public interface IVerb
{
    /// <summary>Reads its options (a <see cref="UsageProblem"/> touches nothing), acts, and says what it saw.</summary>
    Task<Evidence> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop);
}

using System.Runtime.InteropServices;
using GameDay.Agent.Kernel;
using GameDay.Agent.Options;
using GameDay.Agent.Verbs;

namespace GameDay.Agent;

/// <summary>The agent's entry: reads the command line, runs one verb, prints and keeps its evidence, answers with an exit code.</summary>
public static class AgentProgram
{
    private static readonly Dictionary<string, IVerb> Verbs = new(StringComparer.Ordinal)
    {
        ["inject"] = new Inject(),
        ["revert"] = new Revert(),
        ["status"] = new Status(),
        ["rehearse"] = new Rehearse(),
        ["connect"] = new Connect(),
    };

    /// <summary>Runs one verb. SIGTERM and Ctrl-C end it early, and the fault with it.</summary>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        try
        {
            var line = CommandLine.Parse(args);
            using var stop = new CancellationTokenSource();
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
            return await RunAsync(line, KernelChoice.From(line), new EvidenceSink(Console.Out, EvidenceSink.TerminationLog()), clock, stop.Token);
        }
        catch (UsageProblem problem)
        {
            await Console.Error.WriteLineAsync($"gameday-agent: {problem.Message}\n{CommandLine.Usage}");
            return ExitCode.Usage;
        }
    }

    /// <summary>The same against any kernel and sink.</summary>
    public static async Task<int> RunAsync(CommandLine line, IKernel kernel, EvidenceSink sink, TimeProvider clock, CancellationToken stop)
    {
        if (!Verbs.TryGetValue(line.Verb, out var verb))
            throw new UsageProblem($"unknown verb '{line.Verb}'");
        var evidence = await verb.RunAsync(line, kernel, sink, clock, stop);
        sink.Write(evidence);
        return ExitCode.Of(evidence.State);
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

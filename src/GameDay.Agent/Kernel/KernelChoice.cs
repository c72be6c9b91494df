using GameDay.Agent.Options;

namespace GameDay.Agent.Kernel;

/// <summary><c>--kernel unix:PATH</c> or GAMEDAY_KERNEL replaces the tool calls and the connect, nothing else.</summary>
public static class KernelChoice
{
    private const string Scheme = "unix:";

    /// <summary>The kernel this command line asks for.</summary>
    public static IKernel From(CommandLine line)
    {
        var named = line.Optional("kernel") ?? Environment.GetEnvironmentVariable("GAMEDAY_KERNEL");
        if (string.IsNullOrEmpty(named))
            return new HostKernel();
        return named.StartsWith(Scheme, StringComparison.Ordinal)
            ? new SandboxKernel(named[Scheme.Length..])
            : throw new UsageProblem($"--kernel must be unix:PATH, not '{named}'");
    }
}

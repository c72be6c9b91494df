using System.Globalization;
using GameDay.Agent.Options;

namespace GameDay.Agent.Processes;

/// <summary>What <c>inject --kill</c> or <c>inject --stop</c> was asked for; the times mean what they mean for network faults.</summary>
public sealed record ProcessOptions(string Id, bool Kill, ProcessScope Scope, TimeSpan Duration, TimeSpan DeadlineIn, DateTimeOffset NotAfter)
{
    private static readonly string[] Effects = ["kill", "stop"];

    /// <summary>How long it may last, counted from the start of the process.</summary>
    public TimeSpan Lifetime => Duration < DeadlineIn ? Duration : DeadlineIn;

    /// <summary>In the words of the command line, for evidence.</summary>
    public string Says => Kill ? "kill" : "stop";

    /// <summary>Whether a command line asks for a process fault.</summary>
    public static bool IsAskedBy(CommandLine line) => Effects.Any(effect => line.Optional(effect) is not null);

    public static ProcessOptions Read(CommandLine line)
    {
        line.Allow(["id", "container", "pid", "duration", "deadline-in", "not-after", .. Effects]);
        if (Effects.All(effect => line.Optional(effect) is not null))
            throw new UsageProblem("inject needs exactly one of --kill, --stop");
        return new ProcessOptions(
            line.Id(), line.Optional("kill") is not null, ScopeOf(line),
            line.PositiveDuration("duration"), line.PositiveDuration("deadline-in"), line.Instant("not-after"));
    }

    /// <summary>Reads <c>--container</c> and <c>--pid</c>.</summary>
    public static ProcessScope ScopeOf(CommandLine line) => new(
        line.Optional("container"),
        line.Optional("pid") is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid
        : throw new UsageProblem($"--pid must be a process number, not '{text}'"));
}

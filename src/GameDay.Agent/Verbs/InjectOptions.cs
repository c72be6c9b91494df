using System.Net;
using GameDay.Agent.Network;
using GameDay.Agent.Options;

namespace GameDay.Agent.Verbs;

/// <summary>What <c>inject</c> was asked for.</summary>
/// <param name="Duration">How long the fault is wanted.</param>
/// <param name="DeadlineIn">After which it must be gone whatever happens, counted from this process's start.</param>
/// <param name="NotAfter">Started later than this it touches nothing.</param>
/// <param name="Probe">An address whose connect time shows the effect.</param>
public sealed record InjectOptions(
    Names Names,
    INetworkEffect Effect,
    IReadOnlyList<IPAddress> To,
    int? Port,
    TimeSpan Duration,
    TimeSpan DeadlineIn,
    DateTimeOffset NotAfter,
    IPEndPoint? Probe)
{
    /// <summary>The kernel's own timeout, counted from the start of the process.</summary>
    public TimeSpan Lifetime => Duration < DeadlineIn ? Duration : DeadlineIn;

    /// <summary>Reads and checks every option.</summary>
    public static InjectOptions Read(CommandLine line)
    {
        line.Allow("id", "delay", "jitter", "to", "port", "duration", "deadline-in", "not-after", "probe");
        return new InjectOptions(
            new Names(line.Id()), NetworkEffects.Read(line), line.Addresses("to"), line.OptionalPort("port"),
            line.PositiveDuration("duration"), line.PositiveDuration("deadline-in"), line.Instant("not-after"), line.OptionalEndPoint("probe"));
    }
}

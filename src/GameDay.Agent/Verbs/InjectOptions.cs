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
    Scope Scope,
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
        line.Allow(["id", "to", "port", "never", "duration", "deadline-in", "not-after", "probe", .. NetworkEffects.Options]);
        var scope = new Scope(line.OptionalAddresses("to"), line.OptionalPort("port"), [.. line.OptionalAddresses("never"), .. ApiServer()]);
        return new InjectOptions(
            new Names(line.Id()), NetworkEffects.Read(line), scope,
            line.PositiveDuration("duration"), line.PositiveDuration("deadline-in"), line.Instant("not-after"), line.OptionalEndPoint("probe"));
    }

    // The kubelet tells every container where the API server is.
    private static IEnumerable<IPAddress> ApiServer() =>
        IPAddress.TryParse(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), out var address) ? [address] : [];
}

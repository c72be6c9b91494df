using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>What happens to the packets an injection means. One file per effect; <see cref="NetworkEffects"/> lists them.</summary>
public interface INetworkEffect
{
    /// <summary>In the words of the command line, for evidence: <c>loss 30%</c>.</summary>
    string Says { get; }

    /// <summary>What of the kernel does it: netem, tbf, nft or proxy.</summary>
    string By { get; }

    /// <summary>The longest a single packet is held, so that a measurement knows how long to wait.</summary>
    TimeSpan LongestHold { get; }

    /// <summary>Looks whether it may be placed here; a <see cref="KernelProblem"/> says why not. Changes nothing.</summary>
    Task CheckAsync(Ground ground, KernelReader reader, CancellationToken ct);

    /// <summary>
    /// Puts it in place; a refusal is a <see cref="KernelProblem"/>. What is returned lives as long as the fault is wanted.
    /// Never cancelled half way: a tool left running could land after the undo.
    /// </summary>
    Task<IAsyncDisposable?> PlaceAsync(Ground ground, TimeSpan timeout);

    /// <summary>Sees by traffic or counters whether it took; whatever was not seen is said, never claimed.</summary>
    Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct);
}

/// <summary>Where an effect is placed.</summary>
/// <param name="Device">The one device that all meant packets leave by.</param>
public sealed record Ground(IKernel Kernel, TimeProvider Clock, Names Names, Scope Scope, string Device);

using System.Collections.Immutable;

namespace GameDay.Sandbox.Kernel;

/// <summary>What a node's kernel and the agent's image bring along; kernels without netem and images without nft exist.</summary>
public sealed record KernelFeatures(ImmutableHashSet<string> Qdiscs, ImmutableHashSet<string> Programs)
{
    /// <summary>Everything the agent needs.</summary>
    public static readonly KernelFeatures Complete = new(["htb", "netem", "tbf", "prio", "fq_codel"], ["nft", "tc", "ip"]);
}

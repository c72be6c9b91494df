using System.Collections.Concurrent;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>What every kubelet works with.</summary>
/// <param name="Agent">The agent's executable; null when the sandbox was started without one.</param>
/// <param name="Directory">Where termination logs are kept.</param>
public sealed record KubeletServices(ClusterStore Store, PodNetwork Network, IPodKernel Kernel, AgentExecutable? Agent, string Directory)
{
    private readonly ConcurrentDictionary<string, Volume> _volumes = new(StringComparer.Ordinal);

    public TimeProvider Clock => Store.Clock;

    public SilentNodes Silent { get; } = new();

    public ImageShelf Images { get; } = new();

    /// <summary>The disk behind a claim; made when first asked for.</summary>
    public Volume VolumeOf(string ns, string claim) => _volumes.GetOrAdd($"{ns}/{claim}", _ => new Volume());
}

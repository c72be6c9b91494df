using System.Net;

namespace GameDay.Sandbox.Network;

/// <summary>What happens now to packets on their way from one pod to one destination.</summary>
public sealed record Egress(IPodKernel? Kernel, string PodUid, IPEndPoint Destination)
{
    public TimeSpan Delay => Kernel?.EgressDelay(PodUid, Destination.Address, Destination.Port) ?? TimeSpan.Zero;

    public bool Drops => Kernel?.Drops(PodUid, Destination.Address, Destination.Port) ?? false;
}

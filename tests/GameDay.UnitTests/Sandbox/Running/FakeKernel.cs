using System.Collections.Concurrent;
using GameDay.Sandbox.Kernel.Nft;
using GameDay.Sandbox.Network;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>A kernel a test tells what to do, per pod uid.</summary>
internal sealed class FakeKernel : IPodKernel
{
    public ConcurrentDictionary<string, TimeSpan> Delays { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, bool> Dropping { get; } = new(StringComparer.Ordinal);

    public ConcurrentBag<string> Closed { get; } = [];

    public string Open(string podUid) => $"/tmp/kernel-of-{podUid}";

    public void Close(string podUid) => Closed.Add(podUid);

    public bool Drops(string podUid, Packet packet) => !packet.Incoming && Dropping.GetValueOrDefault(podUid);

    public bool Loses(string podUid, Packet packet) => false;

    public TimeSpan Hold(string podUid, Packet packet, int bytes) => Delays.GetValueOrDefault(podUid);
}

using System.Net;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>What must be true of the namespace before anything is written.</summary>
public sealed class Preparation(KernelReader reader)
{
    /// <summary>The one device that all addresses are reached by; a <see cref="KernelProblem"/> says why there is none that may be shaped.</summary>
    public async Task<string> DeviceAsync(Names names, IReadOnlyList<IPAddress> to, CancellationToken ct)
    {
        var device = await OneDeviceAsync(to, ct);
        var qdiscs = await reader.QdiscsAsync(ct);
        if (qdiscs.FirstOrDefault(row => row.Dev == device && row.PutBySomebody) is { } foreign)
            throw new KernelProblem($"{device} already has a root qdisc ({foreign.Kind} {foreign.Handle}) that is not this injection's to replace");
        if (await reader.HasTableAsync(names.Table, ct))
            throw new KernelProblem($"table inet {names.Table} is already there");
        return device;
    }

    private async Task<string> OneDeviceAsync(IReadOnlyList<IPAddress> to, CancellationToken ct)
    {
        var devices = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in to)
            devices.Add(await reader.DeviceTowardsAsync(address, ct));
        if (devices.Contains("lo"))
            throw new KernelProblem("a destination is reached by loopback, which is never touched");
        return devices.Count == 1
            ? devices.Single()
            : throw new KernelProblem($"the destinations are reached by several devices: {string.Join(", ", devices.Order(StringComparer.Ordinal))}");
    }
}

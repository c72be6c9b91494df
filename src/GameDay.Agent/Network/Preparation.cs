using System.Net;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>What must be true of the namespace before anything is written.</summary>
public sealed class Preparation(IKernel kernel, TimeProvider clock)
{
    private readonly KernelReader _reader = new(kernel);

    /// <summary>Where the effect may be placed; a <see cref="KernelProblem"/> says why it may not.</summary>
    public async Task<Ground> GroundAsync(Names names, Scope asked, INetworkEffect effect, CancellationToken ct)
    {
        var routes = await _reader.DefaultRoutesAsync(ct);
        var scope = asked.Sparing([.. routes.SelectMany(route => route.Gateways)]);
        var device = scope.To.Count > 0 ? await OneDeviceAsync(scope.To, ct) : DefaultDevice(routes);
        var ground = new Ground(kernel, clock, names, scope, device);
        await effect.CheckAsync(ground, _reader, ct);
        if (await _reader.HasTableAsync(names.Table, ct))
            throw new KernelProblem($"table inet {names.Table} is already there");
        return ground;
    }

    private static string DefaultDevice(IReadOnlyList<DefaultRoute> routes) =>
        routes.Select(route => route.Device).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is [var only]
            ? only
            : throw new KernelProblem("without --to there must be one device with a default route");

    private async Task<string> OneDeviceAsync(IReadOnlyList<IPAddress> to, CancellationToken ct)
    {
        var devices = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in to)
            devices.Add(await _reader.DeviceTowardsAsync(address, ct));
        if (devices.Contains("lo"))
            throw new KernelProblem("a destination is reached by loopback, which is never touched");
        return devices.Count == 1
            ? devices.Single()
            : throw new KernelProblem($"the destinations are reached by several devices: {string.Join(", ", devices.Order(StringComparer.Ordinal))}");
    }
}

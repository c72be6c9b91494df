using System.Globalization;
using GameDay.Agent.Kernel;
using GameDay.Agent.Options;

namespace GameDay.Agent.Network.Proxy;

/// <summary>
/// Holds what clients in this pod send to one TCP port, by a proxy in this process: for kernels without netem, and for
/// a share of connections. Its redirect is a table that this process owns, so it is gone the moment the process is.
/// </summary>
/// <param name="Share">Percent of new connections that are redirected.</param>
public sealed record DelayProxy(TimeSpan Delay, int Share) : INetworkEffect
{
    private readonly ProxyLog _log = new();

    /// <inheritdoc />
    public string Says => $"delay {Netem.Milliseconds(Delay)}{(Share == 100 ? "" : string.Create(CultureInfo.InvariantCulture, $" for {Share}% of connections"))}";

    /// <inheritdoc />
    public string By => "proxy";

    /// <inheritdoc />
    public TimeSpan LongestHold => Delay;

    /// <inheritdoc />
    public async Task CheckAsync(Ground ground, KernelReader reader, CancellationToken ct)
    {
        if (await reader.ReleaseAsync(ct) is not { } release || release < KernelReader.FirstWithOwners)
            throw new KernelProblem($"the proxy needs a kernel from {KernelReader.FirstWithOwners} on, whose tables can be owned by a process");
        if (await reader.MeshAsync(ct) is { } mesh)
            throw new KernelProblem($"connections are redirected already: {mesh}");
    }

    /// <inheritdoc />
    public async Task<IAsyncDisposable?> PlaceAsync(Ground ground, TimeSpan timeout)
    {
        Relays? relays = null;
        try
        {
            return new HeldProxy(ground.Names, await ground.Kernel.HoldAsync(Script, CancellationToken.None), relays!);
        }
        catch (KernelProblem) when (relays is not null)
        {
            await relays.DisposeAsync();
            throw;
        }

        string Script()
        {
            relays = new Relays(Delay, ground.Names.SocketMark, ground.Clock, _log);
            return new TimedTable(ground.Names, ground.Scope, ground.Device, timeout, [Redirect(ground.Names, relays.Port)], Owned: true).Script();
        }
    }

    /// <inheritdoc />
    public Task<Measurement> MeasureAsync(Meter meter, double? baseline, CancellationToken ct) => meter.ProxiedAsync(_log, Delay, Share, baseline, ct);

    /// <summary>New connections to the port, except the proxy's own.</summary>
    public TableChain Redirect(Names names, int proxyPort)
    {
        var chance = Share == 100 ? "" : string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {Share} ");
        return new("out", "nat hook output priority -100", Incoming: false, ["dport"],
            string.Create(CultureInfo.InvariantCulture, $"{chance}redirect to :{proxyPort}"),
            Own: string.Create(CultureInfo.InvariantCulture, $"meta mark 0x{names.SocketMark:x8}"));
    }

    /// <summary>Reads <c>--delay</c>, <c>--share</c> and <c>--port</c>.</summary>
    public static DelayProxy Read(CommandLine line)
    {
        if (line.OptionalPort("port") is null)
            throw new UsageProblem("--by proxy needs --port");
        if (line.Optional("jitter") is not null)
            throw new UsageProblem("--by proxy takes no --jitter");
        var share = line.Optional("share") is null ? 100 : (int)Math.Round(line.Percent("share"));
        var delay = line.PositiveDuration("delay");
        return delay <= TimeSpan.FromMinutes(1)
            ? new DelayProxy(delay, Math.Max(1, share))
            : throw new UsageProblem("--delay must be at most 1m");
    }

    /// <summary>
    /// First no new connection is redirected, then those that are get closed, the table goes last. The redirecting rule must
    /// outlive them: with it goes the kernel's translation, and a client would never hear that its connection ended.
    /// </summary>
    private sealed class HeldProxy(Names names, IHeldTables tables, Relays relays) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (tables)
            {
                try
                {
                    tables.Run($"insert rule inet {names.Table} out accept");
                }
                finally
                {
                    await relays.DisposeAsync();
                }
            }
        }
    }
}

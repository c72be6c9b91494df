using System.Net;
using GameDay.Agent.Kernel;
using GameDay.Agent.Network.Proxy;

namespace GameDay.Agent.Network;

/// <summary>Looks at one injection by new connections to its probe address and by the kernel's counters.</summary>
public sealed class Meter(IKernel kernel, Names names, IPEndPoint? probe)
{
    private const int CutAttempts = 3;
    private const int LossAttempts = 20;

    private const string NoProbe = "no probe address";
    private const string NoBaseline = "the probe did not answer before the fault either";

    // Below the second after which a kernel sends its SYN again: a lost one is seen as lost.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    // An accepted connection is told to the log a moment after its connect has returned.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>The connect time before anything is placed.</summary>
    public Task<double?> BaselineAsync(CancellationToken ct) => new ConnectTime(kernel).MeasureAsync(probe, TimeSpan.Zero, ct);

    /// <summary>How long a connection takes now.</summary>
    public async Task<Measurement> DelayAsync(TimeSpan hold, double? baseline, CancellationToken ct)
    {
        var effect = await new ConnectTime(kernel).MeasureAsync(probe, hold, ct);
        return effect is null
            ? new Measurement { Not = probe is null ? NoProbe : $"{probe} did not answer with the fault in place" }
            : new Measurement { By = baseline is null ? null : Measurement.Connects, Not = baseline is null ? NoBaseline : null, EffectMs = effect };
    }

    /// <summary>Whether new connections fail now that succeeded before.</summary>
    public async Task<Measurement> CutAsync(double? baseline, CancellationToken ct)
    {
        var tried = await TryAsync(CutAttempts, ct);
        var by = baseline is not null && tried.Lost == tried.Attempts ? Measurement.Connects : null;
        return tried with
        {
            By = by,
            Not = by is not null ? null : probe is null ? NoProbe : tried.Lost == 0 ? "new connections still succeed" : baseline is null ? NoBaseline : "some new connections still succeed",
            Counters = await CountersAsync(ct),
        };
    }

    /// <summary>How many of many new connections get no answer to their first packet.</summary>
    public async Task<Measurement> LossAsync(double? baseline, CancellationToken ct)
    {
        var tried = await TryAsync(LossAttempts, ct);
        var counters = await CountersAsync(ct);
        var by = baseline is not null && tried.Lost > 0 ? Measurement.Connects : counters?.Dropped > 0 ? Measurement.KernelCounters : null;
        return tried with
        {
            By = by,
            Not = by is not null ? null : probe is null ? NoProbe : baseline is null ? NoBaseline : $"none of {tried.Attempts} new connections was hit",
            Counters = counters,
        };
    }

    /// <summary>How long connections are held by the proxy in this process, seen by connections of our own that are redirected to it.</summary>
    public async Task<Measurement> ProxiedAsync(ProxyLog log, TimeSpan hold, int share, double? baseline, CancellationToken ct)
    {
        if (probe is null)
            return new Measurement { Not = NoProbe };
        log.Watch(probe);
        // With 1 % of connections redirected, 450 tries miss it once in a hundred.
        var most = Math.Max(CutAttempts, 450 / share);
        var tried = 0;
        while (tried < most && !log.Begun.IsCompleted)
        {
            await kernel.ConnectAsync(probe, Patience, ct);
            tried++;
            await Task.WhenAny(log.Begun, Task.Delay(Moment, ct));
        }
        var held = log.Begun.IsCompleted ? await AnswerAsync(log, hold, ct) : null;
        return new Measurement
        {
            By = held is not null && baseline is not null ? Measurement.Connects : null,
            Not = held is null ? $"none of {tried} connections to {probe} was answered through the proxy" : baseline is null ? NoBaseline : null,
            EffectMs = held,
            Attempts = tried,
        };
    }

    private static async Task<double?> AnswerAsync(ProxyLog log, TimeSpan hold, CancellationToken ct)
    {
        var inTime = await Task.WhenAny(log.Answered, Task.Delay(hold + TimeSpan.FromSeconds(5), ct)) == log.Answered;
        return inTime ? Math.Round(await log.Answered, 3) : null;
    }

    /// <summary>For what no connection shows: how much went through, and whether it had to wait.</summary>
    public async Task<Measurement> CountersAsync(string why, CancellationToken ct)
    {
        var tried = await TryAsync(CutAttempts, ct);
        var counters = await CountersAsync(ct);
        var seen = counters?.Overlimits > 0;
        return tried with { By = seen ? Measurement.KernelCounters : null, Not = seen ? null : why, Counters = counters };
    }

    /// <summary>The kernel's counters now; null when they cannot be read, which hinders nothing.</summary>
    public async Task<EffectCounters?> CountersAsync(CancellationToken ct)
    {
        try
        {
            return await new KernelReader(kernel).CountersAsync(names, ct);
        }
        catch (KernelProblem)
        {
            return null;
        }
    }

    /// <summary>Some new connections at once; nothing without a probe address.</summary>
    private async Task<Measurement> TryAsync(int attempts, CancellationToken ct)
    {
        if (probe is null)
            return new Measurement();
        var tries = await Task.WhenAll(Enumerable.Range(0, attempts).Select(_ => kernel.ConnectAsync(probe, Patience, ct)));
        return new Measurement { Attempts = attempts, Lost = tries.Count(result => !result.Answered) };
    }
}

using GameDay.Agent.Kernel;
using GameDay.Agent.Network;

namespace GameDay.Agent.Verbs;

/// <summary>One injection from its first look at the kernel to its proved end.</summary>
internal sealed class Injecting(InjectOptions options, IKernel kernel, EvidenceSink sink, TimeProvider clock, long started)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);

    private readonly KernelReader _reader = new(kernel);
    private readonly Meter _meter = new(kernel, options.Names, options.Probe);

    private bool _touched;
    private IAsyncDisposable? _held;

    private TimeSpan Left => options.Lifetime - clock.GetElapsedTime(started);

    public async Task<Evidence> RunAsync(CancellationToken stop)
    {
        try
        {
            return await PlaceAndStayAsync(stop);
        }
        catch (KernelProblem problem)
        {
            return await BackOutAsync(problem.Message);
        }
        catch (OperationCanceledException)
        {
            return await BackOutAsync("told to stop before the fault was in place");
        }
        // A defect or a broken stream must not end the process with its fault still in the kernel.
        catch (Exception problem)
        {
            return await BackOutAsync($"{problem.GetType().Name}: {problem.Message}");
        }
    }

    private async Task<Evidence> PlaceAndStayAsync(CancellationToken stop)
    {
        if (Late() is { } late)
            return late;
        var ground = await new Preparation(kernel, clock).GroundAsync(options.Names, options.Scope, options.Effect, stop);
        var baseline = await _meter.BaselineAsync(stop);
        // Measuring takes time, so the limit is asked again right before the act.
        if (Late() is { } tooLate)
            return tooLate;
        _touched = true;
        _held = await options.Effect.PlaceAsync(ground, Left);
        var active = await ActiveAsync(baseline, stop);
        await StayAsync(stop);
        var counted = await _meter.CountersAsync(CancellationToken.None);
        return await EndAsync(active.With(counted) with { State = AgentState.Reverted, Reason = null, At = clock.GetUtcNow() });
    }

    private Evidence? Late()
    {
        var now = clock.GetUtcNow();
        return now > options.NotAfter
            ? Say(AgentState.Late) with { Reason = $"it is {now:O}, not to start after {options.NotAfter:O}" }
            : Left <= TimeSpan.Zero ? Say(AgentState.Late) with { Reason = "its deadline has passed" } : null;
    }

    private async Task<Evidence> ActiveAsync(double? baseline, CancellationToken stop)
    {
        var seen = await MeasureEffectAsync(baseline, stop);
        var found = await Footprint.ReadAsync(_reader, options.Names, CancellationToken.None);
        var active = (Say(AgentState.Active) with { BaselineMs = baseline }).With(seen) with
        {
            Table = found.Table,
            Qdisc = found.Qdisc,
            RemainingMs = found.RemainingMs,
            Reason = options.Probe is not null && seen.By is null ? seen.Not : null,
        };
        sink.Write(active);
        return active;
    }

    private async Task<Measurement> MeasureEffectAsync(double? baseline, CancellationToken stop)
    {
        try
        {
            return await options.Effect.MeasureAsync(_meter, baseline, stop);
        }
        catch (OperationCanceledException)
        {
            return new Measurement { Not = "told to stop before it was measured" };
        }
    }

    // Until the time is up, the signal comes, or another process has taken the table away or asked for its end.
    private async Task StayAsync(CancellationToken stop)
    {
        while (Left > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            await Task.Delay(Left < Glance ? Left : Glance, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await EndedByOthersAsync())
                return;
        }
    }

    private async Task<bool> EndedByOthersAsync()
    {
        try
        {
            var tables = await _reader.TablesAsync(CancellationToken.None);
            return !tables.Contains(options.Names.Table, StringComparer.Ordinal) || tables.Contains(options.Names.EndTable, StringComparer.Ordinal);
        }
        catch (KernelProblem)
        {
            // Not readable now is not gone; the end of the duration comes in any case.
            return false;
        }
    }

    // A refusal leaves nothing behind: whatever part of the fault stands comes out.
    private async Task<Evidence> BackOutAsync(string reason)
    {
        var refused = Say(AgentState.Refused) with { Reason = reason };
        return _touched ? await EndAsync(refused) : refused;
    }

    private async Task<Evidence> EndAsync(Evidence said)
    {
        await LetGoAsync();
        var end = await Revert.RunAsync(options.Names, kernel, clock, "inject");
        return end.State == AgentState.Reverted
            ? said with { Table = null, Qdisc = null, RemainingMs = null }
            : said with { State = end.State, Reason = end.Reason, Table = end.Table, Qdisc = end.Qdisc, RemainingMs = end.RemainingMs };
    }

    // Whatever goes wrong while it is let go, the reading that follows tells what is left.
    private async Task LetGoAsync()
    {
        try
        {
            if (_held is not null)
                await _held.DisposeAsync();
        }
        catch (KernelProblem problem)
        {
            await Console.Error.WriteLineAsync($"gameday-agent: {problem.Message}");
        }
    }

    private Evidence Say(string state) =>
        new("inject", options.Names.Id, state, clock.GetUtcNow()) { Effect = options.Effect.Says, By = options.Effect.By };
}

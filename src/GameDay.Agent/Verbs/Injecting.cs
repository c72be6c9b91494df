using GameDay.Agent.Kernel;
using GameDay.Agent.Network;

namespace GameDay.Agent.Verbs;

/// <summary>One injection from its first look at the kernel to its proved end.</summary>
internal sealed class Injecting(InjectOptions options, IKernel kernel, EvidenceSink sink, TimeProvider clock, long started)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);

    private readonly KernelReader _reader = new(kernel);
    private readonly ConnectTime _connectTime = new(kernel);

    private bool _touched;

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
        var device = await new Preparation(_reader).DeviceAsync(options.Names, options.To, stop);
        var baseline = await _connectTime.MeasureAsync(options.Probe, TimeSpan.Zero, stop);
        // Measuring takes time, so the limit is asked again right before the act.
        if (Late() is { } tooLate)
            return tooLate;
        _touched = true;
        await PlaceAsync(device);
        var active = await ActiveAsync(baseline, stop);
        await StayAsync(stop);
        return await EndAsync(active with { State = AgentState.Reverted, Reason = null, At = clock.GetUtcNow() });
    }

    private Evidence? Late()
    {
        var now = clock.GetUtcNow();
        return now > options.NotAfter
            ? Say(AgentState.Late) with { Reason = $"it is {now:O}, not to start after {options.NotAfter:O}" }
            : Left <= TimeSpan.Zero ? Say(AgentState.Late) with { Reason = "its deadline has passed" } : null;
    }

    // The qdisc first, the table last: until the table marks packets the qdisc does nothing.
    // Never cancelled half way: a tool left running could land after the undo.
    private async Task PlaceAsync(string device)
    {
        await RootQdisc.PlaceAsync(kernel, options.Names, device, options.Effect);
        var table = new TimedTable(options.Names, options.To, options.Port, Left);
        var result = await kernel.RunAsync(new ToolCall("nft", ["-f", "-"], table.Script()), CancellationToken.None);
        if (!result.Ok)
            throw new KernelProblem($"nft: {result.Complaint}");
    }

    private async Task<Evidence> ActiveAsync(double? baseline, CancellationToken stop)
    {
        var effect = await MeasureEffectAsync(stop);
        var found = await Footprint.ReadAsync(_reader, options.Names, CancellationToken.None);
        var active = Say(AgentState.Active) with
        {
            BaselineMs = baseline,
            EffectMs = effect,
            AddedDelayMs = effect is { } with && baseline is { } without ? Math.Round(with - without, 3) : null,
            Table = found.Table,
            Qdisc = found.Qdisc,
            RemainingMs = (long?)found.Remaining?.TotalMilliseconds,
            Reason = options.Probe is not null && effect is null ? $"{options.Probe} did not answer with the fault in place" : null,
        };
        sink.Write(active);
        return active;
    }

    private async Task<double?> MeasureEffectAsync(CancellationToken stop)
    {
        try
        {
            return await _connectTime.MeasureAsync(options.Probe, options.Effect.LongestHold, stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // Until the time is up, the signal comes, or another process has taken the table away.
    private async Task StayAsync(CancellationToken stop)
    {
        while (Left > TimeSpan.Zero && !stop.IsCancellationRequested)
        {
            await Task.Delay(Left < Glance ? Left : Glance, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await GoneAsync())
                return;
        }
    }

    private async Task<bool> GoneAsync()
    {
        try
        {
            return !await _reader.HasTableAsync(options.Names.Table, CancellationToken.None);
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
        var end = await Revert.RunAsync(options.Names, kernel, clock, "inject");
        return end.State == AgentState.Reverted
            ? said with { Table = null, Qdisc = null, RemainingMs = null }
            : said with { State = end.State, Reason = end.Reason, Table = end.Table, Qdisc = end.Qdisc, RemainingMs = end.RemainingMs };
    }

    private Evidence Say(string state) => new("inject", options.Names.Id, state, clock.GetUtcNow());
}

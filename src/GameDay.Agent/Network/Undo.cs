using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>Takes one injection out of the kernel and reads back. Repeatable, and safe to run twice at once: the reading decides, not the deletes.</summary>
public sealed class Undo(IKernel kernel, TimeProvider clock)
{
    // A tool may fail for a moment (no memory, no process, a busy ruleset); giving up then would leave the fault.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly KernelReader _reader = new(kernel);

    /// <summary>Returns what is left, and the last complaint if anything is; throws <see cref="KernelProblem"/> when that could not be read to the end.</summary>
    public async Task<(Footprint Left, string? Complaint)> RunAsync(Names names, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        string? complaint = null;
        for (var round = 0; ; round++)
        {
            var (found, problem) = await LookAsync(names, ct);
            if (found is { Clean: true })
                return (found, null);
            if (problem is { MayPass: false } || (round > 0 && clock.GetElapsedTime(started) >= Patience))
                return (found ?? throw problem!, complaint);
            complaint = found is not null ? await DeleteAsync(found, ct) : await DeleteUnseenAsync(names, problem!, ct);
            if (round > 0 || problem is not null)
                await Task.Delay(Pause, clock, ct);
        }
    }

    private async Task<(Footprint? Found, KernelProblem? Problem)> LookAsync(Names names, CancellationToken ct)
    {
        try
        {
            return (await Footprint.ReadAsync(_reader, names, ct), null);
        }
        catch (KernelProblem problem)
        {
            return (null, problem);
        }
    }

    // The table is ours by its name alone, so it may go unseen; whose qdisc it is only a reading can tell.
    private async Task<string?> DeleteUnseenAsync(Names names, KernelProblem problem, CancellationToken ct)
    {
        await RunAsync(Delete(names.Table), ct);
        return problem.Message;
    }

    // The table first: from then on no packet enters the effect's class.
    private async Task<string?> DeleteAsync(Footprint found, CancellationToken ct)
    {
        var complaint = found.Found is not null ? await DeleteTableAsync(found, ct)
            : found.EndAsked ? await RunAsync(Delete(found.Names.EndTable), ct)
            : null;
        foreach (var device in found.Devices)
            complaint = await RunAsync(RootQdisc.Removal(device), ct) ?? complaint;
        return complaint;
    }

    // A table that another living process owns only that process can take out: it watches for the question.
    private async Task<string?> DeleteTableAsync(Footprint found, CancellationToken ct)
    {
        var result = await kernel.RunAsync(Delete(found.Names.Table), ct);
        if (result.Ok)
            return null;
        if (result.Stderr.Contains("not permitted", StringComparison.Ordinal) && !found.EndAsked)
            await kernel.RunAsync(new ToolCall("nft", ["add", "table", "inet", found.Names.EndTable]), ct);
        return $"{Delete(found.Names.Table)}: {result.Complaint}";
    }

    private static ToolCall Delete(string table) => new("nft", ["delete", "table", "inet", table]);

    private async Task<string?> RunAsync(ToolCall call, CancellationToken ct)
    {
        var result = await kernel.RunAsync(call, ct);
        return result.Ok ? null : $"{call}: {result.Complaint}";
    }
}

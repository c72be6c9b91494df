using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>Takes one injection out of the kernel and reads back. Repeatable, and safe to run twice at once: the reading decides, not the deletes.</summary>
public sealed class Undo(IKernel kernel)
{
    private const int Attempts = 3;

    private readonly KernelReader _reader = new(kernel);

    /// <summary>Returns what is left, and the last complaint if anything is.</summary>
    public async Task<(Footprint Left, string? Complaint)> RunAsync(Names names, CancellationToken ct)
    {
        var left = await Footprint.ReadAsync(_reader, names, ct);
        string? complaint = null;
        for (var attempt = 0; attempt < Attempts && !left.Clean; attempt++)
        {
            complaint = await DeleteAsync(left, ct);
            left = await Footprint.ReadAsync(_reader, names, ct);
        }
        return (left, left.Clean ? null : complaint);
    }

    // The table first: from then on no packet enters the effect's class.
    private async Task<string?> DeleteAsync(Footprint found, CancellationToken ct)
    {
        string? complaint = null;
        if (found.Remaining is not null)
            complaint = await RunAsync(new ToolCall("nft", ["delete", "table", "inet", found.Names.Table]), ct);
        foreach (var device in found.Devices)
            complaint = await RunAsync(RootQdisc.Removal(device), ct) ?? complaint;
        return complaint;
    }

    private async Task<string?> RunAsync(ToolCall call, CancellationToken ct)
    {
        var result = await kernel.RunAsync(call, ct);
        return result.Ok ? null : $"{call}: {result.Complaint}";
    }
}

using System.Net;
using System.Text.Json;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>Reads the kernel's state through the tools. What cannot be read is a <see cref="KernelProblem"/>, never an empty answer.</summary>
public sealed class KernelReader(IKernel kernel)
{
    /// <summary>All qdiscs of all devices.</summary>
    public async Task<IReadOnlyList<QdiscRow>> QdiscsAsync(CancellationToken ct)
    {
        var answer = await AskAsync(new ToolCall("tc", ["-j", "qdisc", "show"]), ct);
        return Read(answer, text => JsonSerializer.Deserialize(text, ToolJson.Default.ListQdiscRow)) ?? [];
    }

    /// <summary>The device that packets to an address leave by.</summary>
    public async Task<string> DeviceTowardsAsync(IPAddress address, CancellationToken ct)
    {
        var answer = await AskAsync(new ToolCall("ip", ["-j", "route", "get", address.ToString()]), ct);
        var rows = Read(answer, text => JsonSerializer.Deserialize(text, ToolJson.Default.ListRouteRow));
        return rows is [{ Dev: { } device }, ..] ? device : throw new KernelProblem($"no route to {address}");
    }

    /// <summary>Whether a table of family inet exists.</summary>
    public async Task<bool> HasTableAsync(string table, CancellationToken ct)
    {
        var answer = await AskAsync(new ToolCall("nft", ["-j", "list", "tables"]), ct);
        return Read(answer, NftJson.TableNames).Contains(table, StringComparer.Ordinal);
    }

    /// <summary>The longest time any element of the table's sets has left; zero when all are gone, null when the table is.</summary>
    public async Task<TimeSpan?> RemainingAsync(string table, CancellationToken ct)
    {
        if (!await HasTableAsync(table, ct))
            return null;
        var listed = await kernel.RunAsync(new ToolCall("nft", ["-j", "list", "table", "inet", table]), ct);
        return listed.Ok ? Read(listed.Stdout, NftJson.LongestRemaining)
            : await HasTableAsync(table, ct) ? throw new KernelProblem($"nft list table: {listed.Complaint}")
            : null;
    }

    private static T Read<T>(string answer, Func<string, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new KernelProblem($"a tool answered something else than its JSON: {problem.Message}");
        }
    }

    private async Task<string> AskAsync(ToolCall call, CancellationToken ct)
    {
        var result = await kernel.RunAsync(call, ct);
        return result.Ok ? result.Stdout
            : result.Exit == ToolResult.NotFound ? throw new KernelProblem($"{call.Program} is missing from the agent's image")
            : throw new KernelProblem($"{call}: {result.Complaint}");
    }
}

/// <summary>The kernel or a tool did not answer as needed; the message says which and why.</summary>
public sealed class KernelProblem(string message) : Exception(message);

using System.Net;
using System.Text.Json;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Network;

/// <summary>Reads the kernel's state through the tools. What cannot be read is a <see cref="KernelProblem"/>, never an empty answer.</summary>
public sealed class KernelReader(IKernel kernel)
{
    /// <summary>The first kernel with <c>flags owner</c>.</summary>
    public static readonly Version FirstWithOwners = new(5, 12);

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
    public async Task<bool> HasTableAsync(string table, CancellationToken ct) =>
        (await TablesAsync(ct)).Contains(table, StringComparer.Ordinal);

    /// <summary>The tables of family inet.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct)
    {
        var answer = await AskAsync(new ToolCall("nft", ["-j", "list", "tables"]), ct);
        return IsBroken(answer)
            ? NftJson.TableNamesOfText(await AskAsync(new ToolCall("nft", ["list", "tables"]), ct))
            : Read(answer, NftJson.TableNames);
    }

    /// <summary>One injection's table; null when it is not there.</summary>
    public async Task<TableReading?> TableAsync(string table, CancellationToken ct)
    {
        if (!await HasTableAsync(table, ct))
            return null;
        var listed = await kernel.RunAsync(new ToolCall("nft", ["-j", "list", "table", "inet", table]), ct);
        if (listed.Ok && IsBroken(listed.Stdout))
            return Read(await AskAsync(new ToolCall("nft", ["-j", "list", "sets"]), ct), sets => NftJson.OwnedTable(sets, table));
        return listed.Ok ? Read(listed.Stdout, NftJson.Table)
            : await HasTableAsync(table, ct) ? throw new KernelProblem($"nft list table: {listed.Complaint}")
            : null;
    }

    /// <summary>The default routes of both address families.</summary>
    public async Task<IReadOnlyList<DefaultRoute>> DefaultRoutesAsync(CancellationToken ct)
    {
        var found = new List<DefaultRoute>();
        foreach (var family in new[] { "-4", "-6" })
        {
            var answer = await AskAsync(new ToolCall("ip", ["-j", family, "route", "show", "default"]), ct);
            found.AddRange(Read(answer, text => JsonSerializer.Deserialize(text, ToolJson.Default.ListDefaultRoute)) ?? []);
        }
        return found;
    }

    /// <summary>What the effect's qdisc, or the table's drop rules, counted.</summary>
    public async Task<EffectCounters?> CountersAsync(Names names, CancellationToken ct)
    {
        if (await TableAsync(names.Table, ct) is not { } table)
            return null;
        if (table.Drops)
            return new EffectCounters(table.Dropped ?? 0, table.Dropped ?? 0, 0);
        var answer = await AskAsync(new ToolCall("tc", ["-s", "-j", "qdisc", "show"]), ct);
        var rows = Read(answer, text => JsonSerializer.Deserialize(text, ToolJson.Default.ListQdiscRow)) ?? [];
        return rows.Find(row => row.Parent == names.ClassId) is { } leaf ? new EffectCounters(leaf.Packets, leaf.Drops, leaf.Overlimits) : null;
    }

    /// <summary>The kernel's version; null when it does not say.</summary>
    public async Task<Version?> ReleaseAsync(CancellationToken ct) =>
        await kernel.ReadAsync("/proc/sys/kernel/osrelease", ct) is { } text ? KernelFiles.Release(text) : null;

    /// <summary>What redirects this pod's connections already, in words; null when nothing does.</summary>
    public async Task<string?> MeshAsync(CancellationToken ct)
    {
        var chains = Read(await AskAsync(new ToolCall("nft", ["-j", "list", "chains"]), ct), NftJson.ChainNames);
        if (chains.FirstOrDefault(KernelFiles.IsMeshChain) is { } chain)
            return $"chain {chain}";
        var listening = new[] { await kernel.ReadAsync("/proc/net/tcp", ct), await kernel.ReadAsync("/proc/net/tcp6", ct) };
        return listening.SelectMany(text => KernelFiles.ListeningPorts(text ?? "")).FirstOrDefault(KernelFiles.MeshPorts.Contains) is > 0 and var port
            ? $"a mesh listens on port {port}"
            : null;
    }

    // nft 1.0.6 writes stray memory as the flags of an owned table; where that is no text, its JSON ends there.
    private static bool IsBroken(string answer)
    {
        try
        {
            JsonDocument.Parse(answer).Dispose();
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
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
            : result.Exit == ToolResult.NotFound ? throw new KernelProblem($"{call.Program} is missing from the agent's image", missing: true)
            : throw new KernelProblem($"{call}: {result.Complaint}");
    }
}

/// <summary>The kernel or a tool did not answer as needed; the message says which and why.</summary>
/// <param name="missing">The tool is not there, so asking again is of no use.</param>
public sealed class KernelProblem(string message, bool missing = false) : Exception(message)
{
    /// <summary>Asking again may help.</summary>
    public bool MayPass => !missing;
}

using System.Net;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Kernel;

/// <summary>The namespaces the agent works in: the tools that shape the network, a socket that measures it, the processes.</summary>
public interface IKernel
{
    /// <summary>Runs <c>nft</c>, <c>tc</c> or <c>ip</c>. A missing program is exit code 127, never an exception.</summary>
    Task<ToolResult> RunAsync(ToolCall call, CancellationToken ct);

    /// <summary>Tries one new TCP connection and closes it.</summary>
    Task<ConnectResult> ConnectAsync(IPEndPoint to, TimeSpan timeout, CancellationToken ct);

    /// <summary>The text of a file below /proc or /sys; null when it cannot be read.</summary>
    Task<string?> ReadAsync(string path, CancellationToken ct);

    /// <summary>Runs an nft script whose tables have <c>flags owner</c>: they go when the holder is disposed of, or dies.</summary>
    /// <param name="script">Asked for when the owner stands: what it opens is closed before the tables go.</param>
    Task<IHeldTables> HoldAsync(Func<string> script, CancellationToken ct);

    /// <summary>The processes beside the agent's own.</summary>
    IProcesses Processes { get; }
}

/// <summary>Tables that live as long as this does.</summary>
public interface IHeldTables : IAsyncDisposable
{
    /// <summary>Runs another script as their owner.</summary>
    void Run(string script);
}

/// <summary>One call of a tool.</summary>
public sealed record ToolCall(string Program, IReadOnlyList<string> Args, string? Stdin = null)
{
    /// <summary>The words as typed, for reasons.</summary>
    public override string ToString() => $"{Program} {string.Join(' ', Args)}";
}

/// <summary>What a tool answered.</summary>
public sealed record ToolResult(int Exit, string Stdout, string Stderr)
{
    /// <summary>What a shell says for a program that is not there.</summary>
    public const int NotFound = 127;

    /// <summary>Exit code 0.</summary>
    public bool Ok => Exit == 0;

    /// <summary>The first line a tool complained with, for reasons.</summary>
    public string Complaint => Stderr.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : $"exit code {Exit}";
}

/// <summary>How one connection attempt went; <paramref name="Ms"/> is the time to the answer or to giving up.</summary>
public sealed record ConnectResult(bool Connected, double Ms, string? Error)
{
    /// <summary>The words for a reset answer to a connection attempt: the peer answered, only nothing listens.</summary>
    public const string Refused = "connection refused";

    /// <summary>Somebody answered, so the time is a round trip.</summary>
    public bool Answered => Connected || Error == Refused;
}

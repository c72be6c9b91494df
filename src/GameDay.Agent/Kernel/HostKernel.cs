using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Kernel;

/// <summary>The real thing: child processes and sockets of the network namespace this process is in.</summary>
public sealed class HostKernel : IKernel
{
    /// <inheritdoc />
    public IProcesses Processes { get; } = new HostProcesses(TimeProvider.System);

    /// <inheritdoc />
    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken ct)
    {
        var start = new ProcessStartInfo(call.Program, call.Args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            return await CollectAsync(process, call.Stdin, ct);
        }
        catch (Win32Exception)
        {
            return new ToolResult(ToolResult.NotFound, "", $"{call.Program}: not found");
        }
    }

    /// <inheritdoc />
    public async Task<ConnectResult> ConnectAsync(IPEndPoint to, TimeSpan timeout, CancellationToken ct)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        giveUp.CancelAfter(timeout);
        using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var started = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            await socket.ConnectAsync(to, giveUp.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            error = $"no answer within {timeout.TotalMilliseconds:0} ms";
        }
        catch (SocketException problem)
        {
            error = problem.SocketErrorCode == SocketError.ConnectionRefused ? ConnectResult.Refused : problem.SocketErrorCode.ToString();
        }
        return new ConnectResult(error is null, Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 3), error);
    }

    /// <inheritdoc />
    public async Task<string?> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllTextAsync(path, ct);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Task<IHeldTables> HoldAsync(Func<string> script, CancellationToken ct) => Task.FromResult<IHeldTables>(NftSession.Open(script));

    private static async Task<ToolResult> CollectAsync(Process process, string? stdin, CancellationToken ct)
    {
        var stdout = process.StandardOutput.ReadToEndAsync(ct);
        var stderr = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.StandardInput.WriteAsync(stdin.AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It exited without reading its input; its exit code and words tell why.
        }
        await process.WaitForExitAsync(ct);
        return new ToolResult(process.ExitCode, await stdout, await stderr);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GameDay.Agent.Network;
using GameDay.Agent.Processes;

namespace GameDay.Agent.Kernel;

/// <summary>A pod's network namespace that another process stands in for: the same calls, one JSON line each way over a unix socket.</summary>
public sealed class SandboxKernel(string socketPath) : IKernel
{
    /// <inheritdoc />
    public IProcesses Processes { get; } = new SandboxProcesses(socketPath, Environment.GetEnvironmentVariable("GAMEDAY_TARGET"));

    /// <inheritdoc />
    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken ct)
    {
        var reply = await AskAsync(new KernelRequest { Program = call.Program, Args = call.Args, Stdin = call.Stdin }, ct);
        return new ToolResult(reply.Exit, reply.Stdout ?? "", reply.Stderr ?? "");
    }

    /// <inheritdoc />
    public async Task<ConnectResult> ConnectAsync(IPEndPoint to, TimeSpan timeout, CancellationToken ct)
    {
        var wanted = new ConnectRequest(to.Address.ToString(), to.Port, (int)timeout.TotalMilliseconds);
        var reply = await AskAsync(new KernelRequest { Connect = wanted }, ct);
        return new ConnectResult(reply.Connected, reply.Ms, reply.Error);
    }

    /// <inheritdoc />
    public async Task<string?> ReadAsync(string path, CancellationToken ct)
    {
        var reply = await AskAsync(new KernelRequest { Read = path }, ct);
        return reply.Exit == 0 ? reply.Stdout : null;
    }

    /// <inheritdoc />
    public Task<IHeldTables> HoldAsync(Func<string> script, CancellationToken ct) =>
        throw new KernelProblem("the stand-in kernel redirects no connections");

    private async Task<KernelReply> AskAsync(KernelRequest request, CancellationToken ct)
    {
        try
        {
            return await ExchangeAsync(request, ct);
        }
        catch (Exception problem) when (problem is SocketException or IOException or JsonException)
        {
            return new KernelReply { Exit = 1, Stderr = $"kernel socket: {problem.Message}", Error = "kernel socket away" };
        }
    }

    private async Task<KernelReply> ExchangeAsync(KernelRequest request, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ct);
        await using var stream = new NetworkStream(socket);
        var line = JsonSerializer.Serialize(request, KernelJson.Default.KernelRequest) + "\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line), ct);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadLineAsync(ct) ?? throw new IOException("closed without an answer");
        return JsonSerializer.Deserialize(answer, KernelJson.Default.KernelReply) ?? throw new IOException("empty answer");
    }
}

/// <summary>One line to the stand-in: a tool call, a connection attempt or a file to read.</summary>
public sealed record KernelRequest
{
    public string? Program { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public string? Stdin { get; init; }

    public ConnectRequest? Connect { get; init; }

    /// <summary>A file below /proc or /sys to read; exit code 0 with its text, anything else when it is not there.</summary>
    public string? Read { get; init; }
    public ProcessRequest? Process { get; init; }
}

/// <summary>A connection to try from the pod's own address.</summary>
public sealed record ConnectRequest(string Address, int Port, int TimeoutMs);

/// <summary>What to do with a container's processes: <c>read</c>, <c>kill</c>, <c>hold</c> for as long as the line stays open, <c>release</c>.</summary>
public sealed record ProcessRequest(string Verb, string Container, string Id);

/// <summary>One process of a container.</summary>
public sealed record ProcessAnswer(int Pid, string Name, string State, string? HeldBy);

/// <summary>One line back.</summary>
public sealed record KernelReply
{
    public int Exit { get; init; }

    public string? Stdout { get; init; }

    public string? Stderr { get; init; }

    public bool Connected { get; init; }

    public double Ms { get; init; }

    public string? Error { get; init; }

    public IReadOnlyList<ProcessAnswer>? Processes { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KernelRequest))]
[JsonSerializable(typeof(KernelReply))]
internal sealed partial class KernelJson : JsonSerializerContext;

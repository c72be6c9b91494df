using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GameDay.Agent.Kernel;

namespace GameDay.Agent.Processes;

/// <summary>
/// The processes of a container that another process stands in for, one JSON line each way. A hold lasts as long as its connection:
/// it ends with this process, as a tracer's does.
/// </summary>
/// <param name="container">The container whose processes are shared; null for none.</param>
public sealed class SandboxProcesses(string socketPath, string? container) : IProcesses
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<TargetProcess>> ReadAsync(ProcessScope scope, CancellationToken ct) =>
        [.. (await AskAsync("read", "", ct)).Select(row => new TargetProcess(row.Pid, row.Name, row.State, row.HeldBy))];

    /// <inheritdoc />
    public Task KillAsync(ProcessScope scope, CancellationToken ct) => AskAsync("kill", "", ct);

    /// <inheritdoc />
    public Task ReleaseAsync(ProcessScope scope, string id, CancellationToken ct) => AskAsync("release", id, ct);

    /// <inheritdoc />
    public async Task<IHold> HoldAsync(ProcessScope scope, string id, CancellationToken ct)
    {
        var line = await OpenAsync(ct);
        try
        {
            await line.AskAsync("hold", id, ct);
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<ProcessAnswer>> AskAsync(string verb, string id, CancellationToken ct)
    {
        await using var line = await OpenAsync(ct);
        return await line.AskAsync(verb, id, ct);
    }

    private async Task<Line> OpenAsync(CancellationToken ct)
    {
        if (container is null)
            throw new ProcessProblem("process 1 is the agent itself: it does not share a container's processes (targetContainerName)");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ct);
            return new Line(new NetworkStream(socket, ownsSocket: true), container);
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            throw new ProcessProblem($"kernel socket: {problem.Message}");
        }
    }

    private sealed class Line(NetworkStream stream, string container) : IHold
    {
        private readonly StreamReader _reader = new(stream, Encoding.UTF8);
        private Task? _ended;

        /// <summary>The other end closes the connection when the hold is over.</summary>
        public Task Ended => _ended ??= WaitAsync();

        public async Task<IReadOnlyList<ProcessAnswer>> AskAsync(string verb, string id, CancellationToken ct)
        {
            try
            {
                var request = new KernelRequest { Process = new ProcessRequest(verb, container, id) };
                await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request, KernelJson.Default.KernelRequest) + "\n"), ct);
                var answer = await _reader.ReadLineAsync(ct) ?? throw new IOException("closed without an answer");
                var reply = JsonSerializer.Deserialize(answer, KernelJson.Default.KernelReply) ?? throw new IOException("empty answer");
                return reply.Error is { } error ? throw new ProcessProblem(error) : reply.Processes ?? [];
            }
            catch (Exception problem) when (problem is IOException or JsonException)
            {
                throw new ProcessProblem($"kernel socket: {problem.Message}");
            }
        }

        public ValueTask DisposeAsync()
        {
            _reader.Dispose();
            return stream.DisposeAsync();
        }

        private async Task WaitAsync()
        {
            try
            {
                await _reader.ReadLineAsync();
            }
            catch (Exception over) when (over is IOException or ObjectDisposedException)
            {
                return; // closed, by whichever end
            }
        }
    }
}

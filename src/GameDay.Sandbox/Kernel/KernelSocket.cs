using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GameDay.Sandbox.Kernel;

/// <summary>The unix socket of one pod's kernel, readable by its owner only; it ends, and its file with it, when the pod does.</summary>
internal sealed class KernelSocket : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _closed = new();
    private readonly Func<KernelQuestion, KernelCaller, CancellationToken, Task<KernelReply>> _answer;
    private readonly ILogger _log;

    public KernelSocket(string path, Func<KernelQuestion, KernelCaller, CancellationToken, Task<KernelReply>> answer, ILogger log)
    {
        (Path, _answer, _log) = (path, answer, log);
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(16);
        _ = Task.Run(AcceptAsync);
    }

    public string Path { get; }

    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
        File.Delete(Path);
    }

    private async Task AcceptAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_closed.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_closed.IsCancellationRequested)
                    _log.LogWarning(e, "Kernel socket {Path} stopped accepting", Path);
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using var caller = new KernelCaller(client);
            await using var stream = new NetworkStream(client, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(_closed.Token) is { } line)
            {
                var question = JsonSerializer.Deserialize<KernelQuestion>(line, Web) ?? throw new JsonException("empty line");
                var reply = JsonSerializer.Serialize(await _answer(question, caller, _closed.Token), Web) + "\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(reply), _closed.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or JsonException)
        {
            // An agent killed while it asked; whoever waits for the answer is gone or sees the connection end.
            _log.LogDebug(e, "A caller of kernel socket {Path} went away", Path);
        }
    }
}

using System.Net.WebSockets;
using System.Text;

namespace GameDay.Kubernetes;

/// <summary>The channel protocol: the first byte of every message says which stream it belongs to.</summary>
internal sealed class ExecChannels(ClientWebSocket socket)
{
    public const string V5 = "v5.channel.k8s.io";
    public const string V4 = "v4.channel.k8s.io";
    private const byte Stdin = 0, Stdout = 1, Stderr = 2, Error = 3, Close = 255;
    private const int Most = 1024 * 1024;

    private readonly MemoryStream[] _streams = [new(), new(), new(), new()];

    public async Task SendInputAsync(string input, CancellationToken cancellationToken)
    {
        await socket.SendAsync(new ReadOnlyMemory<byte>([Stdin, .. Encoding.UTF8.GetBytes(input)]), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        // Only v5 can say that the input is over; with v4 the command must not wait for it.
        if (socket.SubProtocol == V5)
            await socket.SendAsync(new ReadOnlyMemory<byte>([Close, Stdin]), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    /// <summary>Reads until the server closes; null when it closed without saying how the command ended.</summary>
    public async Task<ExecResult?> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await ReceiveAsync(buffer, cancellationToken))
        {
        }

        return ExitCode() is { } code ? new(code, Text(Stdout), Text(Stderr)) : null;
    }

    private async Task<bool> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var first = true;
        MemoryStream? stream = null;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return false;
            var content = buffer.AsMemory(0, part.Count);
            if (first && part.Count > 0)
            {
                stream = buffer[0] is Stdout or Stderr or Error ? _streams[buffer[0]] : null;
                content = content[1..];
                first = false;
            }

            if (stream is not null && stream.Length + content.Length <= Most)
                stream.Write(content.Span);
            if (part.EndOfMessage)
                return true;
        }
    }

    private int? ExitCode()
    {
        if (_streams[Error].Length == 0)
            return null;
        var status = KubernetesJson.Deserialize<V1Status>(_streams[Error].ToArray());
        if (status?.Status == "Success")
            return 0;
        var cause = status?.Details?.Causes?.FirstOrDefault(c => c.Reason == "ExitCode");
        return int.TryParse(cause?.Message, out var code) ? code : throw new KubernetesException(status ?? new(), "exec");
    }

    private string Text(byte channel) => Encoding.UTF8.GetString(_streams[channel].ToArray());
}

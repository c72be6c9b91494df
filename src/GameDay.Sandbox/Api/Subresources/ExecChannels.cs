using System.IO.Pipelines;
using System.Net.WebSockets;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary>
/// The remote command protocol on a WebSocket: the first byte of each message names its stream (0 stdin, 1 stdout,
/// 2 stderr, 3 result, 4 resize; in v5 255 closes the stream named by the next byte).
/// </summary>
internal sealed class ExecChannels(WebSocket socket) : IDisposable
{
    private const byte CloseChannel = 255;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Pipe input = new();

    public Stream Stdin => input.Reader.AsStream();

    public Stream Stdout => new ChannelStream(this, 1);

    public Stream Stderr => new ChannelStream(this, 2);

    public async Task SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var message = new byte[data.Length + 1];
        message[0] = channel;
        data.CopyTo(message.AsMemory(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Feeds stdin until the client closes it or goes away; the latter also ends the command.</summary>
    public async Task ReceiveAsync(CancellationTokenSource command)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await NextAsync(buffer, command.Token) is { } message)
            {
                if (message.Length > 0 && message.Span[0] == 0)
                {
                    await input.Writer.WriteAsync(message[1..], command.Token);
                }
                else if (message.Length > 1 && message.Span[0] == CloseChannel && message.Span[1] == 0)
                {
                    await input.Writer.CompleteAsync();
                }
            }

            await command.CancelAsync();
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            await command.CancelAsync();
        }
        finally
        {
            await input.Writer.CompleteAsync();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<ReadOnlyMemory<byte>?> NextAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return whole.ToArray();
            }
        }
    }
}

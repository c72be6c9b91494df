using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace GameDay.Agent.Network.Proxy;

/// <summary>Pieces of a stream in order, each held for the delay from the moment it was read.</summary>
internal sealed class DelayLine(TimeSpan delay, TimeProvider clock)
{
    /// <summary>The most that is read at once.</summary>
    public const int Piece = 32 * 1024;

    // 8 MB on the way at most; then the sender waits, as with a full window.
    private readonly Channel<Held> _held = Channel.CreateBounded<Held>(256);

    /// <summary>Reads until the sender ends.</summary>
    public async Task FillAsync(Socket from, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(Piece);
                var read = await from.ReceiveAsync(buffer.AsMemory(0, Piece), ct);
                if (read == 0)
                    return;
                await _held.Writer.WriteAsync(new Held(buffer, read, clock.GetTimestamp()), ct);
            }
        }
        finally
        {
            _held.Writer.TryComplete();
        }
    }

    /// <summary>Writes what is due, then the end.</summary>
    public async Task DrainAsync(Socket to, CancellationToken ct)
    {
        await foreach (var piece in _held.Reader.ReadAllAsync(ct))
        {
            if (delay - clock.GetElapsedTime(piece.Read) is { Ticks: > 0 } left)
                await Task.Delay(left, clock, ct);
            await Relay.SendAllAsync(to, piece.Buffer.AsMemory(0, piece.Length), ct);
            ArrayPool<byte>.Shared.Return(piece.Buffer);
        }
        to.Shutdown(SocketShutdown.Send);
    }

    private readonly record struct Held(byte[] Buffer, int Length, long Read);
}

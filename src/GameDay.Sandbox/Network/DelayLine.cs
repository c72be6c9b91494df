using System.Threading.Channels;

namespace GameDay.Sandbox.Network;

/// <summary>
/// Sends written pieces late, in order and pipelined: a piece written while others wait leaves its own delay after
/// it was written, so a delay costs time, not throughput. Without a delay pieces pass straight through.
/// </summary>
public sealed class DelayLine(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send, Egress egress, TimeProvider clock)
{
    private const int Capacity = 1000; // netem's default queue limit
    private static readonly TimeSpan Retransmit = TimeSpan.FromMilliseconds(200); // Linux's smallest TCP timeout
    private readonly CancellationTokenSource _abandoned = new();
    private Channel<Piece>? _line;
    private Task _pump = Task.CompletedTask;
    private int _waiting;
    private Exception? _broken;

    /// <summary>Accepts bytes; returns once they are sent or queued.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (_broken is { } broken)
        {
            throw new IOException("The connection broke while delayed bytes waited.", broken);
        }

        var delay = egress.Hold(bytes.Length);
        if (Volatile.Read(ref _waiting) == 0 && delay <= TimeSpan.Zero && !egress.Drops)
        {
            await send(bytes, ct);
            return;
        }

        Start();
        Interlocked.Increment(ref _waiting);
        await _line!.Writer.WriteAsync(new Piece(bytes.ToArray(), clock.GetTimestamp(), delay), ct);
    }

    /// <summary>No more bytes will come; ends when the last has left or cannot.</summary>
    public Task DrainAsync()
    {
        _line?.Writer.TryComplete();
        return _pump;
    }

    /// <summary>The connection is reset: what waits is lost.</summary>
    public void Abandon()
    {
        _abandoned.Cancel();
        _line?.Writer.TryComplete();
    }

    private void Start()
    {
        if (_line is null)
        {
            _line = Channel.CreateBounded<Piece>(new BoundedChannelOptions(Capacity) { SingleReader = true });
            _pump = Task.Run(PumpAsync);
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var piece in _line!.Reader.ReadAllAsync(_abandoned.Token))
            {
                await DueAsync(piece);
                await send(piece.Bytes, _abandoned.Token);
                Interlocked.Decrement(ref _waiting);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            _broken = e; // the other end is gone: the next write hears of it
            _line!.Writer.TryComplete();
        }
    }

    private async Task DueAsync(Piece piece)
    {
        var left = piece.Delay - clock.GetElapsedTime(piece.Written);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, _abandoned.Token);
        }

        while (egress.Drops)
        {
            await Task.Delay(Retransmit, clock, _abandoned.Token);
        }
    }

    private readonly record struct Piece(byte[] Bytes, long Written, TimeSpan Delay);
}

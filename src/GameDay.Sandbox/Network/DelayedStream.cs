namespace GameDay.Sandbox.Network;

/// <summary>One end of a connection between pods: reads as they come, writes through the <see cref="DelayLine"/> of its sender.</summary>
public class DelayedStream : Stream
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);
    private readonly Stream _inner;
    private readonly DelayLine _line;
    private readonly Freezer? _process;
    private int _closed;

    /// <param name="process">The process that writes; null for one that is never stopped.</param>
    public DelayedStream(Stream inner, Egress egress, TimeProvider clock, Freezer? process = null)
    {
        (_inner, _process) = (inner, process);
        _line = new DelayLine(SendAsync, egress, clock);
    }

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends when the last delayed byte has left and the inner stream is closed.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    /// <summary>Loses what still waits, as a reset connection does.</summary>
    public void Abandon() => _line.Abandon();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_process is not null)
        {
            await _process.RunsAsync(cancellationToken);
        }

        await _line.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Connections between pods are asynchronous.");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        Dispose();
        await Closed;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Closed = CloseAsync();
        }

        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _inner.WriteAsync(bytes, ct);
        await _inner.FlushAsync(ct);
    }

    // The FIN queues behind delayed bytes: closing is late, too, yet no caller waits for it.
    private async Task CloseAsync()
    {
        var drained = _line.DrainAsync();
        if (!drained.IsCompleted && await Task.WhenAny(drained, Task.Delay(Linger)) != drained)
        {
            _line.Abandon();
            await drained;
        }

        await _inner.DisposeAsync();
    }
}

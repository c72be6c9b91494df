using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>The asking end of one connection.</summary>
internal sealed class RespClient(Stream connection) : IAsyncDisposable
{
    private readonly PipeReader _input = PipeReader.Create(connection);

    /// <summary>One request and its answer as text, numbers too; null for nil.</summary>
    /// <exception cref="StoreRefused">The store answered with an error.</exception>
    public async Task<string?> AskAsync(CancellationToken ct, params string[] words)
    {
        await connection.WriteAsync(Encoding.Latin1.GetBytes(Resp.Bulks(words)), ct);
        await connection.FlushAsync(ct);
        var head = await LineAsync(ct);
        return head switch
        {
            ['$', '-', ..] => null,
            ['$', ..] => await BytesAsync(int.Parse(head.AsSpan(1), CultureInfo.InvariantCulture), end: 2, ct),
            ['-', ..] => throw new StoreRefused(head[1..]),
            _ => head[1..],
        };
    }

    public Task<string> LineAsync(CancellationToken ct) => ReadAsync((ref ReadOnlySequence<byte> buffer) =>
    {
        var reader = new SequenceReader<byte>(buffer);
        var line = RespReader.Line(ref reader);
        buffer = line is null ? buffer : buffer.Slice(reader.Position);
        return line;
    }, ct);

    /// <param name="end">Bytes behind it that belong to it.</param>
    public Task<string> BytesAsync(int length, int end, CancellationToken ct) => ReadAsync((ref ReadOnlySequence<byte> buffer) =>
    {
        if (buffer.Length < length + end)
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(buffer.Slice(0, length));
        buffer = buffer.Slice(length + end);
        return text;
    }, ct);

    /// <summary>What a primary tells.</summary>
    public Task<string[]> RequestAsync(CancellationToken ct) => ReadAsync(RespReader.TryRead, ct);

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await connection.DisposeAsync();
    }

    private delegate T? Taker<T>(ref ReadOnlySequence<byte> buffer);

    private async Task<T> ReadAsync<T>(Taker<T> take, CancellationToken ct) where T : class
    {
        while (true)
        {
            var read = await _input.ReadAsync(ct);
            var buffer = read.Buffer;
            var taken = take(ref buffer);
            _input.AdvanceTo(buffer.Start, taken is null ? buffer.End : buffer.Start);
            if (taken is not null)
            {
                return taken;
            }

            if (read.IsCompleted)
            {
                throw new IOException("the store closed the connection");
            }
        }
    }
}

/// <summary>The store answered, with an error.</summary>
public sealed class StoreRefused(string message) : IOException(message);

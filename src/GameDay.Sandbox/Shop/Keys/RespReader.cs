using System.Buffers;
using System.Globalization;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Takes RESP2 requests (arrays of strings, or a plain line) out of what has arrived. Strings are bytes: one character of Latin-1 each.</summary>
public static class RespReader
{
    private const int LongestLine = 64 * 1024;
    private const int MostParts = 1024 * 1024;
    private const int LongestPart = 64 * 1024 * 1024;
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>One whole request, or null when more has to arrive; <paramref name="buffer"/> then stays as it was. An empty line is an empty request.</summary>
    /// <exception cref="RespProtocolException">What arrived is no request; the connection is of no use any more.</exception>
    public static string[]? TryRead(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryPeek(out var first))
        {
            return null;
        }

        var request = first == '*' ? Array(ref reader) : Inline(ref reader);
        if (request is not null)
        {
            buffer = buffer.Slice(reader.Position);
        }

        return request;
    }

    /// <summary>One line without its end, or null when it is not whole.</summary>
    public static string? Line(ref SequenceReader<byte> reader)
    {
        if (reader.TryReadTo(out ReadOnlySequence<byte> line, LineEnd))
        {
            return Encoding.Latin1.GetString(line);
        }

        return reader.Remaining > LongestLine ? throw new RespProtocolException("too big mbulk count string") : null;
    }

    /// <summary>So many bytes and a line end, or null when they are not all there.</summary>
    public static string? Bytes(ref SequenceReader<byte> reader, int length)
    {
        if (reader.Remaining < length + 2)
        {
            return null;
        }

        var text = Encoding.Latin1.GetString(reader.UnreadSequence.Slice(0, length));
        reader.Advance(length + 2);
        return text;
    }

    private static string[]? Array(ref SequenceReader<byte> reader)
    {
        if (Line(ref reader) is not { } head)
        {
            return null;
        }

        var parts = new string[Math.Max(0, Number(head, MostParts, "invalid multibulk length"))];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Line(ref reader) is not { } size)
            {
                return null;
            }

            if (size is not ['$', ..])
            {
                throw new RespProtocolException($"expected '$', got '{(size.Length > 0 ? size[0] : ' ')}'");
            }

            if (Bytes(ref reader, Number(size, LongestPart, "invalid bulk length")) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return parts;
    }

    private static string[]? Inline(ref SequenceReader<byte> reader)
    {
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            return reader.Remaining > LongestLine ? throw new RespProtocolException("too big inline request") : null;
        }

        return InlineWords.Split(Encoding.Latin1.GetString(line).TrimEnd('\r')) ?? throw new RespProtocolException("unbalanced quotes in request");
    }

    private static int Number(string head, int most, string otherwise) =>
        int.TryParse(head.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= most && (number >= 0 || head[0] == '*')
            ? number
            : throw new RespProtocolException(otherwise);
}

/// <summary>What arrived does not follow the protocol; the message is Redis' own.</summary>
public sealed class RespProtocolException(string message) : Exception("Protocol error: " + message);

using System.Buffers.Binary;

namespace GameDay.Sandbox.Api.Protobuf;

/// <summary>Reads the protobuf wire format, field by field.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> rest = data;

    public int Field { get; private set; }

    /// <summary>The field's number, for numeric fields; a double's bits for fixed ones.</summary>
    public long Number { get; private set; }

    /// <summary>The field's bytes, for strings and messages.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool Read()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var tag = (ulong)Varint();
        Field = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take((int)Math.Min(Varint(), int.MaxValue));
                break;
            case 5:
                Number = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
                break;
            default:
                throw new InvalidDataException($"wire type {tag & 7}");
        }

        return true;
    }

    private long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var octet = Take(1)[0];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return (long)value;
            }
        }

        throw new InvalidDataException("a number is too long");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > rest.Length)
        {
            throw new InvalidDataException("the message ends early");
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>A font file with the outlines of the used glyphs only; all keep their numbers, so nothing else has to change.</summary>
internal static class Subset
{
    private static readonly string[] Kept = ["cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep"];

    public static byte[] Of(TrueTypeFile font, IEnumerable<ushort> used)
    {
        var wanted = WithParts(font, used);
        var outlines = new MemoryStream();
        var places = new byte[4 * (font.Count + 1)];
        for (var glyph = 0; glyph <= font.Count; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph), (uint)outlines.Length);
            if (glyph < font.Count && wanted.Contains(glyph)) outlines.Write(font.Outline(glyph));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }
        var head = font.Table("head").ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var tables = Kept.Where(font.Has).ToDictionary(t => t, t => font.Table(t).ToArray(), StringComparer.Ordinal);
        return Assemble(new SortedDictionary<string, byte[]>(tables, StringComparer.Ordinal) { ["glyf"] = outlines.ToArray(), ["loca"] = places, ["head"] = head });
    }

    /// <summary>An accented letter is made of others: those are needed too.</summary>
    private static HashSet<int> WithParts(TrueTypeFile font, IEnumerable<ushort> used)
    {
        var all = new HashSet<int> { 0 };
        var next = new Stack<int>(used.Select(g => (int)g));
        while (next.TryPop(out var glyph))
            if (glyph < font.Count && all.Add(glyph))
                foreach (var part in Parts(font.Outline(glyph))) next.Push(part);
        return all;
    }

    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return parts;
        const int words = 1, scale = 8, more = 32, xyScale = 64, matrix = 128;
        for (var at = 10; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & words) != 0 ? 4 : 2) + ((flags & scale) != 0 ? 2 : (flags & xyScale) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
            if ((flags & more) == 0) return parts;
        }
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var start = 12 + 16 * tables.Count;
        var file = new byte[start + tables.Values.Sum(t => t.Length + 3 & ~3)];
        var power = (int)Math.Log2(tables.Count);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(16 * tables.Count - (16 << power)));
        var row = 12;
        foreach (var (name, table) in tables)
        {
            table.CopyTo(file, start);
            Encoding.ASCII.GetBytes(name, file.AsSpan(row));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(row + 4), Sum(file.AsSpan(start, table.Length + 3 & ~3)));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(row + 8), (uint)start);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(row + 12), (uint)table.Length);
            start += table.Length + 3 & ~3;
            row += 16;
        }
        return file;
    }

    private static uint Sum(ReadOnlySpan<byte> table)
    {
        var sum = 0u;
        for (var at = 0; at < table.Length; at += 4) sum += BinaryPrimitives.ReadUInt32BigEndian(table[at..]);
        return sum;
    }
}

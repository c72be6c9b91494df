using System.Buffers.Binary;
using System.Text;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>As much of a TrueType font file as a PDF needs: which glyph a character has, how wide it is, and its outline.</summary>
internal sealed class TrueTypeFile
{
    private readonly byte[] _file;
    private readonly Dictionary<string, (int Start, int Length)> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _metrics;

    public TrueTypeFile(byte[] file)
    {
        _file = file;
        for (var i = 0; i < U16(4); i++)
            _tables[Encoding.ASCII.GetString(file, 12 + i * 16, 4)] = ((int)U32(12 + i * 16 + 8), (int)U32(12 + i * 16 + 12));
        UnitsPerEm = U16(At("head") + 18);
        Ascent = I16(At("hhea") + 4) * 1000 / UnitsPerEm;
        Descent = I16(At("hhea") + 6) * 1000 / UnitsPerEm;
        _metrics = U16(At("hhea") + 34);
        Count = U16(At("maxp") + 4);
        ReadCharacters();
    }

    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int Count { get; }
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => I16(At("head") + 36 + i * 2) * 1000 / UnitsPerEm)];

    /// <summary>0 when the font has no such character.</summary>
    public ushort Glyph(Rune rune) => _glyphs.GetValueOrDefault(rune.Value);

    public double Advance(ushort glyph) => U16(At("hmtx") + 4 * Math.Min(glyph, _metrics - 1)) * 1000.0 / UnitsPerEm;

    public bool Has(string table) => _tables.ContainsKey(table);

    public ReadOnlySpan<byte> Table(string name) => _file.AsSpan(_tables[name].Start, _tables[name].Length);

    /// <summary>The glyph's outline; empty for a blank.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var isLong = I16(At("head") + 50) == 1;
        var (from, to) = isLong ? ((int)U32(At("loca") + 4 * glyph), (int)U32(At("loca") + 4 * glyph + 4)) : (2 * U16(At("loca") + 2 * glyph), 2 * U16(At("loca") + 2 * glyph + 2));
        return _file.AsSpan(At("glyf") + from, to - from);
    }

    private void ReadCharacters()
    {
        var map = At("cmap");
        var places = Enumerable.Range(0, U16(map + 2)).Select(i => (Platform: U16(map + 4 + i * 8), Start: map + (int)U32(map + 8 + i * 8))).Where(t => t.Platform is 0 or 3).ToList();
        foreach (var (_, start) in places.Where(p => U16(p.Start) == 4)) ReadRanges(start);
        foreach (var (_, start) in places.Where(p => U16(p.Start) == 12)) ReadGroups(start);
    }

    // Format 4: ranges of the first 65,536 characters.
    private void ReadRanges(int start)
    {
        var twice = U16(start + 6);
        for (var i = 0; i < twice; i += 2)
        {
            var (end, first, delta, offset) = (U16(start + 14 + i), U16(start + 16 + twice + i), U16(start + 16 + 2 * twice + i), U16(start + 16 + 3 * twice + i));
            for (int c = first; c <= end && c != 0xffff; c++)
            {
                var raw = offset == 0 ? c : U16(start + 16 + 3 * twice + i + offset + 2 * (c - first));
                _glyphs[c] = raw == 0 ? (ushort)0 : (ushort)(raw + delta);
            }
        }
    }

    // Format 12: groups over all of Unicode.
    private void ReadGroups(int start)
    {
        for (var i = 0; i < U32(start + 12); i++)
        {
            var group = start + 16 + i * 12;
            for (var c = U32(group); c <= U32(group + 4); c++) _glyphs[(int)c] = (ushort)(U32(group + 8) + c - U32(group));
        }
    }

    private int At(string table) => _tables[table].Start;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}

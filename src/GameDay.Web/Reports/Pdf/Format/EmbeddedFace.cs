using System.Text;
using static GameDay.Web.Reports.Pdf.Format.Objects;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>A font of this machine, its used glyphs embedded, with the way back to text so that the PDF can be searched (ISO 32000-1, 9.7).</summary>
internal sealed class EmbeddedFace(string name, TrueTypeFile font) : IFace
{
    private readonly SortedDictionary<ushort, Rune> _used = [];

    public double Width(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes()) width += font.Advance(Glyph(rune));
        return width;
    }

    public string Spell(string text)
    {
        var glyphs = new StringBuilder("<");
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = Glyph(rune);
            _used.TryAdd(glyph, font.Glyph(rune) == 0 ? new Rune('?') : rune);
            glyphs.Append($"{glyph:X4}");
        }
        return glyphs.Append('>').ToString();
    }

    public int Write(Objects file)
    {
        var data = Subset.Of(font, _used.Keys);
        var stream = file.AddStream(data, $"/Length1 {data.Length} ");
        var descriptor = file.Add($"<< /Type /FontDescriptor /FontName /{Tagged} /Flags 4 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight {font.Ascent} /StemV 80 /FontFile2 {stream} 0 R >>");
        var widths = string.Concat(_used.Keys.Select(g => $"{g} [{N(font.Advance(g))}] "));
        var outlines = file.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{Tagged} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 600 /W [{widths}] >>");
        var back = file.AddStream(Encoding.ASCII.GetBytes(BackToText()));
        return file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{Tagged} /Encoding /Identity-H /DescendantFonts [{outlines} 0 R] /ToUnicode {back} 0 R >>");
    }

    private string Tagged => $"GAMEDY+{name}";

    // A character the font does not have is shown as a question mark, not as an empty box.
    private ushort Glyph(Rune rune) => font.Glyph(rune) is var glyph and > 0 ? glyph : font.Glyph(new Rune('?'));

    private string BackToText()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var some in _used.Chunk(100))
            map.Append($"{some.Length} beginbfchar\n{string.Concat(some.Select(u => $"<{u.Key:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(u.Value.ToString()))}>\n"))}endbfchar\n");
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace GameDay.Web.Reports.Pdf.Format;

/// <summary>A PDF file: numbered objects and the table of where they stand (ISO 32000-1, 7.5).</summary>
internal sealed class Objects
{
    private readonly List<byte[]> _bodies = [];

    public int Reserve() { _bodies.Add([]); return _bodies.Count; }

    public int Add(string body) { var number = Reserve(); Set(number, body); return number; }

    public void Set(int number, string body) => _bodies[number - 1] = Encoding.Latin1.GetBytes(body);

    /// <param name="entries">Further entries of the stream's dictionary.</param>
    public int AddStream(byte[] content, string entries = "")
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(content);
        var number = Reserve();
        _bodies[number - 1] = [.. Encoding.Latin1.GetBytes($"<< /Length {packed.Length} /Filter /FlateDecode {entries}>>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8];
        return number;
    }

    public byte[] Finish(int catalog, int info)
    {
        using var file = new MemoryStream();
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        // The bytes of the comment say: this is a binary file.
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var places = new List<long>();
        foreach (var body in _bodies)
        {
            places.Add(file.Length);
            Write($"{places.Count} 0 obj\n");
            file.Write(body);
            Write("\nendobj\n");
        }
        var table = file.Length;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(p => $"{p:0000000000} 00000 n \n"))}");
        Write($"trailer\n<< /Size {places.Count + 1} /Root {catalog} 0 R /Info {info} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>Text of the document's own fields, as UTF-16 in hexadecimal: nothing in it can end the string.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string N(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}

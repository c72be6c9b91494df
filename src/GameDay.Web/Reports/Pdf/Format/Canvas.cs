using System.Text;
using static GameDay.Web.Reports.Pdf.Format.Objects;

namespace GameDay.Web.Reports.Pdf.Format;

internal enum Face { Regular, Bold, Mono }

internal sealed record Font(Face Face, double Size);

internal enum Align { Start, Middle, End }

/// <param name="On">Length of a dash; 0: a line without gaps.</param>
internal sealed record Stroke(int Rgb, double Width, double On = 0, double Off = 0);

/// <param name="Tint">See-through, as the fault's span is.</param>
internal sealed record Fill(int Rgb, bool Tint = false);

/// <summary>One page's drawing; points from its upper left corner.</summary>
internal sealed class Canvas(IReadOnlyDictionary<Face, IFace> faces)
{
    public const double Width = 595, Height = 842;
    // Four curves make a circle; this is how far their handles reach out.
    private const double Handle = 0.5523;
    private readonly StringBuilder _content = new();

    public byte[] Content => Encoding.Latin1.GetBytes(_content.ToString());

    public double Measure(string text, Font font) => faces[font.Face].Width(text) * font.Size / 1000;

    /// <param name="y">Top of the line.</param>
    public void Text(string text, Font font, Fill fill, double x, double y, Align align = Align.Start)
    {
        if (text.Length == 0) return;
        var from = align switch { Align.Middle => x - Measure(text, font) / 2, Align.End => x - Measure(text, font), _ => x };
        _content.Append($"BT {Color(fill.Rgb)} rg /{font.Face} {N(font.Size)} Tf {N(from)} {N(Height - y - font.Size * 0.92)} Td {faces[font.Face].Spell(text)} Tj ET\n");
    }

    public void Line(Stroke stroke, double x1, double y1, double x2, double y2) => Path(stroke, null, $"{P(x1, y1)} m {P(x2, y2)} l");

    public void Rectangle(Stroke? stroke, Fill? fill, double x, double y, double width, double height) => Path(stroke, fill, $"{N(x)} {N(Height - y - height)} {N(width)} {N(height)} re");

    public void Rounded(Stroke stroke, double x, double y, double w, double h, double r)
    {
        var k = r * (1 - Handle);
        Path(stroke, null, $"{P(x + r, y)} m {P(x + w - r, y)} l {P(x + w - k, y)} {P(x + w, y + k)} {P(x + w, y + r)} c {P(x + w, y + h - r)} l {P(x + w, y + h - k)} {P(x + w - k, y + h)} {P(x + w - r, y + h)} c " +
            $"{P(x + r, y + h)} l {P(x + k, y + h)} {P(x, y + h - k)} {P(x, y + h - r)} c {P(x, y + r)} l {P(x, y + k)} {P(x + k, y)} {P(x + r, y)} c h");
    }

    public void Circle(Stroke? stroke, Fill? fill, double x, double y, double r)
    {
        var k = r * Handle;
        Path(stroke, fill, $"{P(x + r, y)} m {P(x + r, y + k)} {P(x + k, y + r)} {P(x, y + r)} c {P(x - k, y + r)} {P(x - r, y + k)} {P(x - r, y)} c {P(x - r, y - k)} {P(x - k, y - r)} {P(x, y - r)} c {P(x + k, y - r)} {P(x + r, y - k)} {P(x + r, y)} c h");
    }

    public void Polyline(Stroke stroke, IReadOnlyList<(double X, double Y)> points) => Path(stroke, null, Corners(points));

    public void Polygon(Stroke? stroke, Fill? fill, IReadOnlyList<(double X, double Y)> points) => Path(stroke, fill, Corners(points) + " h");

    private void Path(Stroke? stroke, Fill? fill, string path)
    {
        _content.Append("q ");
        if (fill is not null) _content.Append($"{Color(fill.Rgb)} rg {(fill.Tint ? "/Tint gs " : "")}");
        if (stroke is not null) _content.Append($"{Color(stroke.Rgb)} RG {N(stroke.Width)} w 1 j {(stroke.On > 0 ? $"[{N(stroke.On)} {N(stroke.Off)}] 0 d " : "")}");
        _content.Append($"{path} {(stroke, fill) switch { (not null, not null) => "B", (not null, _) => "S", _ => "f" }} Q\n");
    }

    private static string Corners(IReadOnlyList<(double X, double Y)> points) => string.Join(' ', points.Select((p, i) => $"{P(p.X, p.Y)} {(i == 0 ? 'm' : 'l')}"));

    private static string P(double x, double y) => $"{N(x)} {N(Height - y)}";

    private static string Color(int rgb) => $"{N((rgb >> 16 & 255) / 255.0)} {N((rgb >> 8 & 255) / 255.0)} {N((rgb & 255) / 255.0)}";
}

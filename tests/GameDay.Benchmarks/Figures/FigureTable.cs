using System.Text;

namespace GameDay.Benchmarks.Figures;

/// <summary>The figures for people: value, limit, and whether it is kept.</summary>
internal static class FigureTable
{
    public static string Of(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [["bench", "figure", "value", "unit", "limit", "", "note"], .. figures.Select(Row)];
        var widths = Enumerable.Range(0, 6).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendLine(Line(row, widths).TrimEnd());
        return text.ToString();
    }

    private static string[] Row(Figure f) => [f.Bench, f.Name, Figure.Number(f.Value), f.Unit, f.Limit, f.Limit.Length == 0 ? "" : f.IsPast ? "PAST" : "ok", f.Note ?? ""];

    private static string Line(string[] row, int[] widths) =>
        string.Join("  ", row.Select((cell, i) => i == 2 ? cell.PadLeft(widths[i]) : i < widths.Length ? cell.PadRight(widths[i]) : cell));
}

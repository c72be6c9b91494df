namespace GameDay.Web.Reports.Content;

/// <summary>Where the dots of a moment picture stand, in drawing units; words step aside to a second line when they would touch.</summary>
public sealed record MomentDrawing(double Height, IReadOnlyList<MomentDrawing.Lane> Lanes, IReadOnlyList<(double X, string Words)> Ticks)
{
    public const double Width = 1024, Left = 214, Right = 990, Top = 8, LaneHeight = 58;
    private const double WordWidth = 62;
    private static readonly double[] Steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];

    public sealed record Lane(string Name, double Y, double? FaultEnd, IReadOnlyList<Dot> Dots);

    public sealed record Dot(MomentKind Kind, double X, string Words, bool Above);

    public static MomentDrawing Of(MomentPicture picture)
    {
        var longest = Math.Max(1, picture.LongestSeconds);
        var step = Steps.FirstOrDefault(s => longest / s <= 7, Steps[^1]);
        var end = Math.Ceiling(longest / step) * step;
        double X(double seconds) => Math.Round(Left + Math.Min(seconds, end) / end * (Right - Left), 1);
        var lanes = picture.Rows.Select((row, i) => new Lane(row.Name, Top + 28 + i * LaneHeight, row.FaultSeconds is { } f ? X(f) : null, Dots(row, X))).ToList();
        return new(Top + picture.Rows.Count * LaneHeight + 30, lanes, [.. Enumerable.Range(0, (int)Math.Round(end / step) + 1).Select(i => (X(i * step), Tick(i * step)))]);
    }

    private static List<Dot> Dots(MomentRow row, Func<double, double> x)
    {
        var dots = new List<Dot>();
        foreach (var mark in row.Marks.OrderBy(m => m.Seconds))
        {
            var at = x(mark.Seconds);
            var touches = dots.LastOrDefault() is { } last && at - last.X < WordWidth && !last.Above;
            dots.Add(new(mark.Kind, at, mark.Words, touches));
        }
        return dots;
    }

    private static string Tick(double seconds) => seconds < 60 ? $"{seconds:0.#} s" : seconds < 3600 ? $"{(int)(seconds / 60)}:{seconds % 60:00} min" : $"{seconds / 3600:0.#} h";
}

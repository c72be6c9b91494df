namespace GameDay.Web.Features.Exercises;

/// <summary>Lines that went and lines that came, in order, by the longest common subsequence.</summary>
public static class PlanDiff
{
    public sealed record Line(bool IsNew, string Text);

    public static IReadOnlyList<Line> Between(string before, string after)
    {
        var (a, b) = (before.Split('\n'), after.Split('\n'));
        var common = Lengths(a, b);
        var lines = new List<Line>();
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j]) { i++; j++; }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1])) lines.Add(new(false, a[i++].Trim()));
            else lines.Add(new(true, b[j++].Trim()));
        }
        return lines;
    }

    private static int[,] Lengths(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                lengths[i, j] = a[i] == b[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }
}

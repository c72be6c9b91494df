using GameDay.Web.Components.Charts;

namespace GameDay.Web.Reports.Content;

/// <summary>A report's chart is read without a pointer: its words need room.</summary>
internal static class ChartRoom
{
    /// <summary>Beside the run board's drawing, for readings of four digits and their unit.</summary>
    public const double ForWords = 20;

    private const double Least = 62;

    /// <summary>Only the moments whose words do not touch the ones before.</summary>
    public static IEnumerable<ProbeDrawing.Mark> Apart(IEnumerable<ProbeDrawing.Mark> ticks)
    {
        var last = double.NegativeInfinity;
        foreach (var tick in ticks)
        {
            var middle = tick.At + (tick.Anchor switch { "start" => Least / 2, "end" => -Least / 2, _ => 0 });
            if (middle - last < Least) continue;
            last = middle;
            yield return tick;
        }
    }
}

using GameDay.Domain.Experiments;
using GameDay.Web.Components.Charts;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

public sealed class ProbeDrawingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 19, 10, 26, 0, TimeSpan.Zero);

    private static ProbeSeries Series(params double?[] values) => new()
    {
        Name = "checkout success", Unit = "%", Tolerance = new Tolerance(Min: 99.5), AbortBelow = 97,
        Points = [.. values.Select((v, i) => new ChartPoint(Start.AddSeconds(i), v, v >= 99.5))],
        From = Start, To = Start.AddSeconds(Math.Max(1, values.Length)),
    };

    [Fact]
    public void A_value_out_of_tolerance_is_drawn_twice_once_as_line_and_once_as_outside()
    {
        var drawing = ProbeDrawing.Of(Series(100, 99.9, 99.2, 99.1, 99.9));
        drawing.Lines.Count.ShouldBe(1);
        drawing.Outside.Single().Split(' ').Length.ShouldBe(2);
    }

    [Fact]
    public void A_missing_reading_breaks_the_line_instead_of_inventing_a_value()
    {
        ProbeDrawing.Of(Series(100, 100, null, 100)).Lines.Count.ShouldBe(2);
    }

    [Fact]
    public void The_band_lies_inside_the_frame_and_ends_at_the_tolerance()
    {
        var drawing = ProbeDrawing.Of(Series(100, 99));
        drawing.Band.Y.ShouldBe(ProbeDrawing.Top);
        (drawing.Band.Y + drawing.Band.Height).ShouldBe(drawing.Edges.Single().At, 0.11);
        drawing.Aborts.Single().At.ShouldBeLessThan(ProbeDrawing.Bottom);
    }

    [Fact]
    public void The_fault_is_shaded_to_the_newest_moment_while_it_is_in_place()
    {
        var series = Series(100, 100, 100, 100) with { FaultFrom = Start.AddSeconds(2) };
        var open = ProbeDrawing.Of(series).Fault!;
        (open.X + open.Width).ShouldBe(ProbeDrawing.Right, 0.2);
        ProbeDrawing.Of(series with { FaultTo = Start.AddSeconds(3) }).Fault!.Width.ShouldBeLessThan(open.Width);
    }

    [Fact]
    public void Thinning_never_hides_a_breach()
    {
        var values = Enumerable.Repeat<double?>(100, 5000).ToArray();
        values[2345] = 98;
        var drawing = ProbeDrawing.Of(Series(values));
        drawing.Outside.Count.ShouldBe(1);
        drawing.Lines.Single().Split(' ').Length.ShouldBeLessThanOrEqualTo(ProbeDrawing.MostPoints);
    }

    [Fact]
    public void A_chart_without_any_reading_still_has_frame_and_limits()
    {
        var drawing = ProbeDrawing.Of(Series());
        drawing.Dot.ShouldBeNull();
        drawing.Lines.ShouldBeEmpty();
        drawing.Grid.ShouldNotBeEmpty();
    }

    [Fact]
    public void Percent_is_never_labelled_above_a_hundred()
    {
        ProbeDrawing.Of(Series(100, 100)).Grid.ShouldAllBe(g => !g.Words.StartsWith("101"));
    }

    [Theory]
    [InlineData(0, 3.25, 4)]
    [InlineData(96.8, 100.1, 4)]
    [InlineData(0, 812, 5)]
    public void Ticks_are_round_and_few(double low, double high, int most)
    {
        var ticks = ChartTicks.Values(low, high);
        ticks.Count.ShouldBeInRange(2, most + 1);
        ticks.ShouldAllBe(t => t >= low - 1e-6 && t <= high + 1e-6);
    }

    [Fact]
    public void Moments_are_few_at_any_length()
    {
        foreach (var seconds in new[] { 1, 7, 45, 300, 1000, 7200, 86400 })
            ChartTicks.Moments(Start, Start.AddSeconds(seconds)).Count.ShouldBeInRange(1, 14);
    }

    [Fact]
    public void The_margin_counts_from_the_best_to_the_abort_limit()
    {
        AbortMargin.Of(Series(100, 99.2)).ShouldBe(new AbortMargin(26.7, "0.8", "3\u00A0points"));
        var latency = Series() with { Unit = "s", AbortBelow = null, AbortAbove = 3, Tolerance = new Tolerance(Max: 1.5), Points = [new(Start, 1.31, true)] };
        AbortMargin.Of(latency).ShouldBe(new AbortMargin(43.7, "1.31", "3\u00A0s"));
        AbortMargin.Of(Series()).ShouldBeNull();
    }
}

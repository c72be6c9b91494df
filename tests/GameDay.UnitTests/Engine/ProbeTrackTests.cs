using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Engine.Probes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Engine;

public sealed class ProbeTrackTests
{
    private readonly SteppedClock _clock = new();
    private readonly ProbeTrack _track;

    public ProbeTrackTests() => _track = new ProbeTrack(Spec(), [new AbortCondition("success", 50, null, TimeSpan.FromSeconds(3))], _clock);

    [Fact]
    public void It_is_steady_only_after_the_whole_time_without_a_break()
    {
        Read(100, 100, 100);
        _track.SteadyFor(TimeSpan.FromSeconds(3)).ShouldBeFalse();
        Read(100);
        _track.SteadyFor(TimeSpan.FromSeconds(3)).ShouldBeTrue();
        Read(98, 100);
        _track.SteadyFor(TimeSpan.FromSeconds(3)).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_reading_breaks_the_steady_time()
    {
        Read(100, 100, 100, 100);
        _track.Miss(Guid.Empty, "away");
        _track.SteadyFor(TimeSpan.Zero).ShouldBeFalse();
    }

    [Fact]
    public void Old_good_readings_do_not_count_as_steady()
    {
        Read(100, 100);
        _clock.Step(10);
        _track.SteadyFor(TimeSpan.FromSeconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_breach_needs_its_whole_time_and_starts_over_after_a_good_reading()
    {
        Read(40, 40, 60, 40, 40);
        _track.Breach().ShouldBeNull();
        Read(40, 40);
        _track.Breach().ShouldNotBeNull().ShouldContain("below 50%");
    }

    [Fact]
    public void Missing_data_for_longer_than_the_condition_allows_is_a_breach()
    {
        Read(100);
        for (var i = 0; i < 5; i++)
        {
            _track.Miss(Guid.Empty, "away");
            _clock.Step(1);
        }
        _track.Breach().ShouldNotBeNull().ShouldContain("no data");
    }

    [Fact]
    public void A_probe_that_never_said_anything_is_a_breach_as_well()
    {
        _clock.Step(5);
        _track.Breach().ShouldNotBeNull();
    }

    [Fact]
    public void The_timeline_hears_only_of_changes()
    {
        var kinds = new[] { 100, 100, 90, 90, 100 }.Select(v => _track.Changed(_track.Take(Guid.Empty, [v]))?.Kind).ToList();
        kinds.ShouldBe([null, null, EntryKind.ProbeOut, null, EntryKind.ProbeBack]);
        _track.Changed(_track.Miss(Guid.Empty, "away")).ShouldNotBeNull().Text.ShouldBe("success: no data (away)");
    }

    [Theory]
    [InlineData(HttpMeasure.Success, 75)]
    [InlineData(HttpMeasure.Latency, 100)]
    [InlineData(HttpMeasure.Value, 0)]
    public void Readings_within_the_window_are_taken_together(HttpMeasure measure, double expected)
    {
        var http = new HttpProbe(measure, "storefront.shop:80", null, "/", 200, 2, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
        var window = new ProbeWindow(Spec() with { Http = http }, _clock);
        window.Take([0, 0]);
        _clock.Step(6);
        window.Take([100, 100]);
        _clock.Step(1);
        window.Take([100, 0]).ShouldBe(expected);
    }

    private static ProbeSpec Spec() => new() { Name = "success", Question = "?", Unit = "%", Every = TimeSpan.FromSeconds(1), Tolerance = new Tolerance(Min: 99) };

    private void Read(params double[] values)
    {
        foreach (var value in values)
        {
            _clock.Step(1);
            _track.Take(Guid.Empty, [value]);
        }
    }
}

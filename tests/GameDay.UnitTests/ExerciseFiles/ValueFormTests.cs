using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.ExerciseFiles;

public sealed class ValueFormTests
{
    [Theory]
    [InlineData("300ms", 300)]
    [InlineData("10s", 10_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("0s", 0)]
    public void Durations_are_read_as_people_type_them(string text, int milliseconds)
    {
        DurationText.TryParse(text, out var span).ShouldBeTrue();
        span.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10 s")]
    [InlineData("10sec")]
    [InlineData("-5s")]
    [InlineData("1.2.3s")]
    [InlineData("30s2m")]
    [InlineData("99999999999999h")]
    [InlineData("s")]
    public void Anything_else_is_no_duration(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Written_durations_read_back_to_the_tick() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(n => TimeSpan.FromTicks((long)n * 1237)).ToArbitrary(),
        span => DurationText.TryParse(DurationText.Write(span), out var back) && back == span));

    [Theory]
    [InlineData("app=cart", true)]
    [InlineData("app==cart,tier!=db", true)]
    [InlineData("app in (cart, checkout),!canary", true)]
    [InlineData("app.kubernetes.io/name=cart", true)]
    [InlineData("app=", true)]
    [InlineData("", false)]
    [InlineData("app=cart payments", false)]
    [InlineData("=cart", false)]
    [InlineData("app=cart,", false)]
    public void Selectors_are_checked_for_form(string text, bool valid) => SelectorText.IsValid(text).ShouldBe(valid);

    [Fact]
    public void Settings_are_checked_all_at_once_and_defaults_filled_in()
    {
        var kind = TestKinds.NetworkLatency;
        var wrong = FaultSettings.Check(kind, new Dictionary<string, string> { ["delay"] = "10 h", ["port"] = "99999", ["too"] = "app=x" });
        wrong.Select(p => p.Setting).ShouldBe(["too", "to", "delay", "port"]);
        wrong.ShouldAllBe(p => p.Allowed.Length > 0);
        FaultSettings.WithDefaults(kind, new Dictionary<string, string> { ["delay"] = "1s", ["to"] = "app=x" })["jitter"].ShouldBe("0s");
    }
}

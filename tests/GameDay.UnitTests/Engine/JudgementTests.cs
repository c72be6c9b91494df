using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine.Runs;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Engine;

public sealed class JudgementTests
{
    private static readonly DateTimeOffset Effect = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ExperimentPlan Plan = new()
    {
        Key = "k", Title = "t", Hypothesis = "h", Fault = new FaultSpec("fake", new Dictionary<string, string>()), Targets = new TargetSpec("shop", "app=cart"), Duration = TimeSpan.FromSeconds(10),
        Probes = [new ProbeSpec { Name = "success", Question = "?", Every = TimeSpan.FromSeconds(1), Tolerance = new Tolerance(Min: 99) }],
    };

    [Fact]
    public void Complete_readings_in_tolerance_under_a_seen_effect_hold() => Judge(Readings(10)).ShouldBe(Verdict.Held);

    [Fact]
    public void One_reading_out_of_tolerance_refutes() => Judge([.. Readings(10).Append(Sample(5.5, 90))]).ShouldBe(Verdict.NotHeld);

    [Fact]
    public void Readings_before_the_effect_and_after_the_revert_do_not_count() => Judge([Sample(-1, 0), .. Readings(10), Sample(11, 0)]).ShouldBe(Verdict.Held);

    [Fact]
    public void A_missing_reading_is_never_called_good() => Judge([.. Readings(10).Append(Sample(5.5, null))]).ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_hole_in_the_readings_is_inconclusive() => Judge([.. Readings(10).Where(s => s.At < Effect.AddSeconds(2) || s.At > Effect.AddSeconds(9))]).ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void No_readings_at_all_are_inconclusive() => Judge([]).ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_gap_in_ownership_is_inconclusive() => Judge(Readings(10), blind: "gap").ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void A_target_without_effect_is_inconclusive() => Judge(Readings(10), effect: false).ShouldBe(Verdict.Inconclusive);

    [Fact]
    public void What_a_person_aborted_is_aborted_even_out_of_tolerance() => Judge([Sample(1, 10)], abortedBy: "Ana").ShouldBe(Verdict.Aborted);

    [Fact]
    public void What_an_abort_condition_ended_out_of_tolerance_did_not_hold() => Judge([Sample(1, 10)], abortedBy: "GameDay").ShouldBe(Verdict.NotHeld);

    [Fact]
    public void The_ramp_goes_from_one_to_a_tenth_to_all() =>
        Injecting.Ramp(25).ShouldBe([0..1, 1..3, 3..25]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    public void The_ramp_touches_every_target_once(int count) =>
        Injecting.Ramp(count).SelectMany(r => Enumerable.Range(r.Start.Value, r.End.Value - r.Start.Value)).ShouldBe(Enumerable.Range(0, count));

    private static Verdict Judge(IReadOnlyList<ProbeSample> samples, string? blind = null, bool effect = true, string? abortedBy = null)
    {
        var run = new Run(Guid.NewGuid(), Guid.NewGuid(), "k", 1, 1);
        var injection = run.Add(new FaultTarget { Cluster = "c", Namespace = "n", Kind = "Pod", Name = "p", Uid = "u" }, "fake");
        foreach (var trigger in new[] { RunTrigger.Arm, RunTrigger.StartBaseline, RunTrigger.Steady }) run.Move(trigger, Effect.AddSeconds(-1));
        injection.Plan(new UndoPlan("fake", "net", new Dictionary<string, string>(), "undo"));
        injection.Send(Effect, Effect.AddSeconds(10));
        injection.Injected(new Evidence(effect, "e", new Dictionary<string, string>(), Effect), Effect);
        run.EffectSeen(Effect);
        run.Move(RunTrigger.Injected, Effect);
        if (abortedBy is null) run.Move(RunTrigger.TimeUp, Effect.AddSeconds(10));
        else run.Abort(abortedBy, "why", Effect.AddSeconds(10));
        return Judgement.Of(run, Plan, samples, blind).Verdict;
    }

    private static List<ProbeSample> Readings(int seconds) => [.. Enumerable.Range(0, seconds + 1).Select(i => Sample(i, 100))];

    private static ProbeSample Sample(double second, double? value) => new(Guid.Empty, "success", Effect.AddSeconds(second), value, value >= 99, value is null ? "away" : null);
}

using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.ExerciseFiles;

namespace GameDay.UnitTests.ExerciseFiles;

/// <summary>Draws exercise files with every optional part and texts that YAML would rather read as something else.</summary>
public static class Plans
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("null", "~", "true", "No", "123", "1e3", "- a", "# not a comment", "a: b", "{x}", "[x", "*a", "&a", "!x", "@x", "`x", "%", "'single'", "\"double\"", "back\\slash", " blanks ", "x ", "two\nlines", "tab\there", "ünï ☃ 🦊 日本", "<script>", "\u2028x\ufeff", "|", ">", "=", "<<", "0x1f", "12:30", "2026-11-19", "?", "-"),
        Gen.Elements("abc .:-#{}[],&*!|>'\"%@`?=~\\/üß☃\n\t".ToCharArray()).NonEmptyListOf().Where(c => c.Count <= 40).Select(c => new string([.. c])));

    private static readonly Gen<string> Label = Gen.Elements("cart", "a", "slow-payments", "x-1", "0", "true", "null");
    private static readonly Gen<TimeSpan> Span = Gen.Choose(100, 300_000).Select(ms => TimeSpan.FromMilliseconds(ms));
    private static readonly Gen<double?> Number = Gen.OneOf(Gen.Choose(-1000, 1000).Select(n => (double?)n), Gen.Choose(1, int.MaxValue).Select(n => (double?)(n / 1e7)), Gen.Constant((double?)1e21));
    private static readonly Gen<string> Selector = Gen.Elements("app=cart", "app in (a, b),!c", "x!=y", "true", "a=");

    private static readonly Gen<ProbeSpec> Probe =
        from question in Text
        from unit in Gen.Elements("", "%", "ms")
        from every in Span
        from min in Number
        from bounds in Gen.Elements<Func<double?, Tolerance>>(n => new(n), n => new(null, n), n => new(n, n + 1))
        from source in Gen.Choose(0, 4)
        from text in Text
        from label in Label
        from span in Span
        select Source(new ProbeSpec { Name = "p", Question = question, Unit = unit, Every = every, Tolerance = bounds(min) }, source, text, label, span < TimeSpan.FromMinutes(1) ? span : TimeSpan.FromSeconds(2));

    private static readonly Gen<FaultSpec> Fault = Gen.OneOf(
        from mode in Gen.Elements("delete", "evict") select new FaultSpec("pod-kill", new Dictionary<string, string> { ["mode"] = mode }),
        Gen.Constant(new FaultSpec("pod-kill", new Dictionary<string, string>())),
        from to in Selector from ms in Gen.Choose(1, 9999) select new FaultSpec("network-latency", new Dictionary<string, string> { ["delay"] = $"{ms}ms", ["to"] = to }));

    private static readonly Gen<Expectation> Expect =
        from impact in Text.OrNull()
        from response in Text.OrNull()
        from within in Span
        from alerts in Text.ListOf()
        select new Expectation { Impact = impact, Response = response, DetectWithin = impact is null ? null : within, Alerts = [.. alerts.Take(3)] };

    private static readonly Gen<TargetSpec> Targets =
        from selector in Selector
        from choose in Gen.Elements(Choice.One, Choice.All, Choice.Count, Choice.Percent)
        from amount in Gen.Choose(1, 100)
        from given in Gen.Choose(0, 15)
        select new TargetSpec("shop", (given & 1) == 1 || given == 0 ? selector : "", choose, choose is Choice.Count or Choice.Percent ? amount : 1)
        {
            Owner = (given & 2) == 2 ? "Deployment/cart" : null, Zone = (given & 4) == 4 ? "eu-west-1a" : null, Node = (given & 8) == 8 ? "node-1.example" : null,
        };

    private static readonly Gen<ExperimentPlan> Experiment =
        from title in Text
        from hypothesis in Text
        from fault in Fault
        from targets in Targets
        from duration in Span
        from probes in Probe.ListOf(3)
        from limit in Number
        from below in Gen.Elements(true, false)
        from expect in Expect
        from count in Gen.Choose(1, 3)
        select new ExperimentPlan
        {
            Key = "k", Title = title, Hypothesis = hypothesis, Fault = fault, Targets = targets, Duration = duration + TimeSpan.FromSeconds(1), RecoverWithin = duration + TimeSpan.FromSeconds(2),
            Probes = [.. probes.Take(count).Select((p, i) => p with { Name = $"{p.Question} {i}" })],
            AbortWhen = [new AbortCondition($"{probes[0].Question} 0", below ? limit : null, below ? null : limit, duration)], Expect = expect,
        };

    public static readonly Gen<ExerciseFile> Files =
        from title in Text
        from goal in Text.OrNull()
        from type in Gen.Elements(Enum.GetValues<ExerciseType>())
        from policy in Gen.Elements("sandbox", "production")
        from channel in Gen.Elements("#gameday", "C0123", "ops team")
        from hours in Gen.Choose(-12, 12)
        from hasStart in Gen.Elements(true, false)
        from offLimits in Text.ListOf()
        from experiments in Experiment.ListOf(2)
        from automatic in Gen.Elements(true, false)
        let start = new DateTimeOffset(2026, 11, 19, 10, 0, 0, TimeSpan.FromHours(hours)).AddTicks(hours * 1234567L)
        select new ExerciseFile(new ExercisePlan
        {
            Title = title, Goal = goal ?? "", Type = type, Policy = policy, Channel = channel, StartsAt = hasStart ? start : null, EndsAt = hasStart ? start.AddHours(2) : null,
            OffLimits = [.. offLimits.Take(3)], Experiments = [.. experiments.Select((e, i) => e with { Key = $"k{i}" })], Automatic = automatic,
        });

    private static ProbeSpec Source(ProbeSpec probe, int source, string text, string label, TimeSpan span) => source switch
    {
        0 => probe with { Http = new(HttpMeasure.Success, "storefront.shop:80", null, "/", 200, 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)) },
        1 => probe with { Http = new(HttpMeasure.Latency, null, "https://shop.example/a?b=c#d", "/x?y={z}", 404, 20, span, span) },
        2 => probe with { Http = new(HttpMeasure.Value, "cart.shop:80", null, "/carts", 200, 1, span, span) },
        3 => probe with { Kubernetes = new(KubernetesMeasure.ReadyPercent, label, label) },
        _ => probe with { Promql = new(text) },
    };
}

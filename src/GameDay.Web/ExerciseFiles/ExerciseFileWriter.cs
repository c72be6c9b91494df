using System.Globalization;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.ExerciseFiles;

/// <summary>Writes a plan as an exercise file that reads back to the same plan. What equals its default is left out.</summary>
public static class ExerciseFileWriter
{
    private const string SchemaLine = "# yaml-language-server: $schema=../../schemas/exercise.schema.json";

    public static string Write(ExerciseFile file)
    {
        var text = new YamlText();
        text.Comment(SchemaLine);
        Head(text, file.Plan);
        text.List("experiments", file.Plan.Experiments, (item, e) => Experiment(item, e));
        return text.ToString();
    }

    private static void Head(YamlText text, ExercisePlan plan)
    {
        text.Text("title", plan.Title);
        if (plan.Goal.Length > 0) text.Text("goal", plan.Goal);
        if (plan.Type != ExerciseType.GameDay) text.Plain("type", plan.Type.ToString().ToLowerInvariant());
        text.Text("cluster", plan.Cluster);
        text.Text("policy", plan.Policy);
        text.Text("channel", plan.Channel);
        if (plan.Automatic) text.Plain("automatic", "true");
        if (plan.StartsAt is { } start) text.Plain("startsAt", Moment(start));
        if (plan.EndsAt is { } end) text.Plain("endsAt", Moment(end));
        if (plan.OffLimits.Count > 0) text.Texts("offLimits", plan.OffLimits);
    }

    private static void Experiment(YamlText text, ExperimentPlan e)
    {
        text.Text("key", e.Key);
        text.Text("title", e.Title);
        text.Text("hypothesis", e.Hypothesis);
        text.Inline("fault", [("kind", YamlText.Quote(e.Fault.Kind)), .. e.Fault.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, YamlText.Quote(s.Value)))]);
        text.Inline("targets", [("namespace", YamlText.Quote(e.Targets.Namespace)), .. Narrowed(e.Targets), Choose(e.Targets)]);
        text.Plain("duration", DurationText.Write(e.Duration));
        text.Plain("recoverWithin", DurationText.Write(e.RecoverWithin));
        text.List("probes", e.Probes, Probe);
        text.List("abortWhen", e.AbortWhen, Abort);
        if (Says(e.Expect)) text.Map("expect", below => Expect(below, e.Expect));
    }

    private static IEnumerable<(string, string)> Narrowed(TargetSpec t) =>
        new (string Key, string? Value)[] { ("selector", t.Selector), ("owner", t.Owner), ("zone", t.Zone), ("node", t.Node) }.Where(g => !string.IsNullOrEmpty(g.Value)).Select(g => (g.Key, YamlText.Quote(g.Value!)));

    private static (string, string) Choose(TargetSpec targets) => targets.Choose switch
    {
        Choice.Count => ("count", Number(targets.Amount)),
        Choice.Percent => ("percent", Number(targets.Amount)),
        var choose => ("choose", choose.ToString().ToLowerInvariant()),
    };

    private static void Probe(YamlText text, ProbeSpec p)
    {
        text.Text("name", p.Name);
        text.Text("question", p.Question);
        if (p.Unit.Length > 0) text.Text("unit", p.Unit);
        text.Plain("every", DurationText.Write(p.Every));
        if (p.Http is { } http) text.Inline("http", Http(http));
        if (p.Kubernetes is { } k) text.Inline("kubernetes", [("measure", Camel(k.Measure)), ("namespace", YamlText.Quote(k.Namespace)), ("deployment", YamlText.Quote(k.Deployment))]);
        if (p.Promql is { } q) text.Inline("promql", [("query", YamlText.Quote(q.Query))]);
        text.Inline("tolerance", Given(("min", p.Tolerance.Min), ("max", p.Tolerance.Max)));
    }

    private static List<(string, string)> Http(HttpProbe h)
    {
        List<(string, string)> values = [h.Service is not null ? ("service", YamlText.Quote(h.Service)) : ("url", YamlText.Quote(h.Url ?? ""))];
        if (h.Path != "/") values.Add(("path", YamlText.Quote(h.Path)));
        values.Add(("measure", Camel(h.Measure)));
        if (h.ExpectStatus != 200) values.Add(("expectStatus", Number(h.ExpectStatus)));
        if (h.Requests != 3) values.Add(("requests", Number(h.Requests)));
        if (h.Timeout != TimeSpan.FromSeconds(2)) values.Add(("timeout", DurationText.Write(h.Timeout)));
        if (h.Window != TimeSpan.FromSeconds(5)) values.Add(("window", DurationText.Write(h.Window)));
        return values;
    }

    private static void Abort(YamlText text, AbortCondition condition) =>
        text.InlineItem([("probe", YamlText.Quote(condition.Probe)), .. Given(("below", condition.Below), ("above", condition.Above)), ("for", DurationText.Write(condition.For))]);

    private static bool Says(Expectation x) => x.Impact is not null || x.Response is not null || x.NoticedBy is not null || x.DetectWithin is not null || x.Alerts.Count > 0;

    private static void Expect(YamlText text, Expectation x)
    {
        if (x.Impact is not null) text.Text("impact", x.Impact);
        if (x.Response is not null) text.Text("response", x.Response);
        if (x.NoticedBy is not null) text.Text("noticedBy", x.NoticedBy);
        if (x.DetectWithin is { } within) text.Plain("detectWithin", DurationText.Write(within));
        if (x.Alerts.Count > 0) text.Texts("alerts", x.Alerts);
    }

    private static IEnumerable<(string, string)> Given(params (string Key, double? Value)[] values) => values.Where(v => v.Value is not null).Select(v => (v.Key, Number(v.Value!.Value)));

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Camel<T>(T word) where T : struct, Enum => word.ToString() is var text ? char.ToLowerInvariant(text[0]) + text[1..] : "";

    private static string Moment(DateTimeOffset at) => at.ToString(at.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}

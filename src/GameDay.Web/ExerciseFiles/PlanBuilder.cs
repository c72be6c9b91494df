using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.ExerciseFiles.Shapes;
using GameDay.Web.ExerciseFiles.Yaml;

namespace GameDay.Web.ExerciseFiles;

/// <summary>Turns a file that was checked into the plan. Defaults are those the shapes name.</summary>
internal static class PlanBuilder
{
    public static ExerciseFile Build(YamlMap top) => new(new ExercisePlan
    {
        Title = top.Text("title")!,
        Type = Word(top, "type", ExerciseType.GameDay),
        Goal = top.Text("goal") ?? "",
        Cluster = top.Text("cluster") ?? "sandbox",
        Policy = top.Text("policy") ?? "sandbox",
        Channel = top.Text("channel") ?? "#gameday",
        OffLimits = [.. top.Texts("offLimits")],
        Automatic = top.Text("automatic") == "true",
        StartsAt = Moment(top, "startsAt"),
        EndsAt = Moment(top, "endsAt"),
        Experiments = [.. top.Maps("experiments").Select(Experiment)],
    });

    private static ExperimentPlan Experiment(YamlMap e) => new()
    {
        Key = e.Text("key")!,
        Title = e.Text("title")!,
        Hypothesis = e.Text("hypothesis")!,
        Fault = Fault(e.Map("fault")!),
        Targets = Targets(e.Map("targets")!),
        Duration = Span(e, "duration")!.Value,
        RecoverWithin = Span(e, "recoverWithin") ?? TimeSpan.FromSeconds(30),
        Probes = [.. e.Maps("probes").Select(Probe)],
        AbortWhen = [.. e.Maps("abortWhen").Select(a => new AbortCondition(a.Text("probe")!, Number(a, "below"), Number(a, "above"), Span(a, "for")!.Value))],
        Expect = e.Map("expect") is { } expect ? Expect(expect) : new(),
    };

    private static FaultSpec Fault(YamlMap f) =>
        new(f.Text("kind")!, f.Entries.Where(e => e.Key.Value != "kind").ToDictionary(e => e.Key.Value, e => ((YamlScalar)e.Value).Value, StringComparer.Ordinal));

    private static TargetSpec Targets(YamlMap t) => new(t.Text("namespace")!, t.Text("selector") ?? "", Choose(t), Whole(t, "count") ?? Whole(t, "percent") ?? 1)
    {
        Owner = t.Text("owner"), Zone = t.Text("zone"), Node = t.Text("node"),
    };

    private static Choice Choose(YamlMap t) => t["count"] is not null ? Choice.Count : t["percent"] is not null ? Choice.Percent : Word(t, "choose", Choice.One);

    private static ProbeSpec Probe(YamlMap p) => new()
    {
        Name = p.Text("name")!,
        Question = p.Text("question")!,
        Unit = p.Text("unit") ?? "",
        Every = Span(p, "every") ?? TimeSpan.FromSeconds(1),
        Tolerance = new Tolerance(Number(p.Map("tolerance")!, "min"), Number(p.Map("tolerance")!, "max")),
        Http = p.Map("http") is { } h ? Http(h) : null,
        Kubernetes = p.Map("kubernetes") is { } k ? new(Word(k, "measure", KubernetesMeasure.ReadyPods), k.Text("namespace")!, k.Text("deployment")!) : null,
        Promql = p.Map("promql") is { } q ? new(q.Text("query")!) : null,
    };

    private static HttpProbe Http(YamlMap h) => new(
        Word(h, "measure", HttpMeasure.Success), h.Text("service"), h.Text("url"), h.Text("path") ?? "/",
        Whole(h, "expectStatus") ?? 200, Whole(h, "requests") ?? 3, Span(h, "timeout") ?? TimeSpan.FromSeconds(2), Span(h, "window") ?? TimeSpan.FromSeconds(5));

    private static Expectation Expect(YamlMap x) => new()
    {
        Impact = x.Text("impact"), Response = x.Text("response"), NoticedBy = x.Text("noticedBy"),
        DetectWithin = Span(x, "detectWithin"), Alerts = [.. x.Texts("alerts")],
    };

    private static T Word<T>(YamlMap map, string key, T otherwise) where T : struct, Enum => map.Text(key) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : otherwise;

    private static TimeSpan? Span(YamlMap map, string key) => DurationText.TryParse(map.Text(key), out var span) ? span : null;

    private static double? Number(YamlMap map, string key) => map[key] is YamlScalar scalar ? ValueCheck.Number(scalar) : null;

    private static int? Whole(YamlMap map, string key) => (int?)Number(map, key);

    private static DateTimeOffset? Moment(YamlMap map, string key) => map.Text(key) is { } text ? ValueCheck.Moment(text) : null;
}

using System.Globalization;
using System.Text.RegularExpressions;
using GameDay.Domain.Experiments;
using GameDay.Web.Components.Parts;
using GameDay.Web.ExerciseFiles;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>Writes the fields as an exercise file, right or wrong: the reader then finds every problem at the path of its field.</summary>
public static partial class FormText
{
    public static string Write(ExerciseForm form, Viewer viewer)
    {
        var text = new YamlText();
        text.Text("title", form.Title.Trim());
        Given(text, "goal", form.Goal);
        text.Text("type", form.Type);
        text.Text("cluster", form.Cluster.Trim());
        text.Text("policy", form.Policy);
        text.Text("channel", form.Channel.Trim());
        if (form.Automatic) text.Plain("automatic", "true");
        Moment(text, "startsAt", form.StartsAt, viewer);
        Moment(text, "endsAt", form.EndsAt, viewer);
        if (Split(form.OffLimits, '\n') is { Count: > 0 } off) text.Texts("offLimits", off);
        text.List("experiments", form.Experiments, Experiment);
        return text.ToString();
    }

    private static void Experiment(YamlText text, ExperimentForm e)
    {
        text.Text("key", e.Key.Trim().Length > 0 ? e.Key.Trim() : KeyOf(e.Title));
        text.Text("title", e.Title.Trim());
        text.Text("hypothesis", e.Hypothesis.Trim());
        text.Map("fault", below =>
        {
            below.Text("kind", e.Kind);
            foreach (var (name, value) in e.Settings.OrderBy(s => s.Key, StringComparer.Ordinal)) Given(below, name, value);
        });
        text.Map("targets", below => Targets(below, e));
        text.Text("duration", e.Duration.Trim());
        Given(text, "recoverWithin", e.RecoverWithin);
        text.List("probes", e.Probes, Probe);
        text.List("abortWhen", e.AbortWhen, Abort);
        if (Expects(e)) text.Map("expect", below => Expect(below, e));
    }

    private static void Targets(YamlText text, ExperimentForm e)
    {
        text.Text("namespace", e.Namespace.Trim());
        Given(text, "selector", e.Selector);
        Given(text, "owner", e.Owner);
        Given(text, "zone", e.Zone);
        Given(text, "node", e.Node);
        if (e.Choose is Choice.Count or Choice.Percent) text.Plain(e.Choose.ToString().ToLowerInvariant(), Bare(e.Amount));
        else text.Text("choose", e.Choose.ToString().ToLowerInvariant());
    }

    private static void Probe(YamlText text, ProbeForm p)
    {
        text.Text("name", p.Name.Trim());
        text.Text("question", p.Question.Trim());
        Given(text, "unit", p.Unit);
        Given(text, "every", p.Every);
        text.Map("tolerance", below => { Number(below, "min", p.Min); Number(below, "max", p.Max); });
        if (p.IsHttp) text.Map("http", below => Http(below, p));
        else if (p.IsWorkload) text.Map("kubernetes", below => Workload(below, p));
        else text.Map("promql", below => below.Text("query", p.Query.Trim()));
    }

    private static void Http(YamlText text, ProbeForm p)
    {
        text.Text(p.Address.Trim().StartsWith("http", StringComparison.Ordinal) ? "url" : "service", p.Address.Trim());
        Given(text, "path", p.Path);
        text.Text("measure", p.Source switch { ProbeSource.HttpSuccess => "success", ProbeSource.HttpLatency => "latency", _ => "value" });
        Number(text, "expectStatus", p.ExpectStatus);
        Number(text, "requests", p.Requests);
        Given(text, "timeout", p.Timeout);
        Given(text, "window", p.Window);
    }

    private static void Workload(YamlText text, ProbeForm p)
    {
        text.Text("measure", p.Source == ProbeSource.ReadyPods ? "readyPods" : "readyPercent");
        text.Text("namespace", p.Namespace.Trim());
        text.Text("deployment", p.Deployment.Trim());
    }

    private static void Abort(YamlText text, AbortForm a)
    {
        text.Text("probe", a.Probe.Trim());
        text.Plain(a.IsAbove ? "above" : "below", Bare(a.Limit));
        text.Text("for", a.For.Trim());
    }

    private static bool Expects(ExperimentForm e) => new[] { e.Impact, e.Response, e.NoticedBy, e.DetectWithin, e.Alerts }.Any(t => t.Trim().Length > 0);

    private static void Expect(YamlText text, ExperimentForm e)
    {
        Given(text, "impact", e.Impact);
        Given(text, "response", e.Response);
        Given(text, "noticedBy", e.NoticedBy);
        Given(text, "detectWithin", e.DetectWithin);
        if (Split(e.Alerts, ',') is { Count: > 0 } alerts) text.Texts("alerts", alerts);
    }

    private static void Given(YamlText text, string key, string value)
    {
        if (value.Trim() is { Length: > 0 } given) text.Text(key, given);
    }

    private static void Number(YamlText text, string key, string value)
    {
        if (value.Trim().Length > 0) text.Plain(key, Bare(value));
    }

    private static void Moment(YamlText text, string key, DateTime? local, Viewer viewer)
    {
        if (local is { } at) text.Plain(key, viewer.FromField(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    private static List<string> Split(string text, char by) => [.. text.Split(by, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>What is not a number stays text, so that it cannot become another key.</summary>
    private static string Bare(string value) => IsNumber().IsMatch(value.Trim()) ? value.Trim() : YamlText.Quote(value.Trim());

    private static string KeyOf(string title)
    {
        var key = NotInKeys().Replace(title.ToLowerInvariant(), "-").Trim('-');
        return key.Length <= 50 ? key : key[..50].Trim('-');
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IsNumber();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInKeys();
}

using System.Reflection;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.Web.Reports;

namespace GameDay.UnitTests.Reports;

/// <summary>A day lived through in the domain: one run that held, one that did not, notes and findings. Times that the database gives are set here.</summary>
public sealed class SampleDay
{
    public static readonly DateTimeOffset Start = new(2026, 11, 19, 10, 0, 0, TimeSpan.Zero);
    public const string Script = "<script>alert('x')</script> & \"quotes\" | pipe | [link](javascript:alert(1)) <img src=x onerror=alert(2)> `code` **bold** @everyone https://example.com/\nsecond line";

    private static readonly Actor Ana = new(Guid.Parse("00000000-0000-0000-0000-0000000000a1"), "Ana Ruiz", Role.Facilitator);
    private static readonly Actor Ben = new(Guid.Parse("00000000-0000-0000-0000-0000000000b2"), "Ben Okafor", Role.Approver);
    private static readonly Actor Eve = new(Guid.Parse("00000000-0000-0000-0000-0000000000e3"), "Eve Lind", Role.Observer);

    private readonly List<TimelineEntry> _timeline = [];
    private readonly List<ProbeSample> _samples = [];
    private readonly List<Run> _runs = [];

    public SampleDay(string? title = null, string? goal = null)
    {
        Exercise = new Exercise(Guid.Parse("019a0000-0000-7000-8000-00000000beef"), Plan(title, goal), Ana, Start.AddDays(-3));
        Exercise.Submit([new("slow-payments", 3, ["Deployment/checkout"], ["checkout-a"])], Ana);
        Exercise.Approve(Exercise.PlanHash, "Fine, off-peak.", Ben, Start.AddDays(-2));
        Exercise.Brief(Ana);
        Exercise.Go(Ana, Start);
    }

    public Exercise Exercise { get; }

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public IReadOnlyList<Leftover> Leftovers { get; set; } = [];

    /// <summary>Two runs, notes, findings, all clear.</summary>
    public static SampleDay Whole(string note = "Dashboards stayed green while orders were pending", string? title = null, string? goal = null)
    {
        var day = new SampleDay(title, goal);
        day.Held();
        day.NotHeld(note);
        day.Exercise.Finish(Ana);
        day.Exercise.AllClear([], Ana, Start.AddMinutes(6), "2 run, 1 hypotheses held, 1 not held, 0 aborted.");
        day.Find(note);
        return day;
    }

    public ReportSources Sources()
    {
        var at = Start.AddSeconds(-30);
        foreach (var entry in Exercise.NewEntries)
        {
            if (entry.At == default) Set(entry, nameof(TimelineEntry.At), at = at.AddSeconds(7));
            _timeline.Add(entry);
        }
        foreach (var (message, i) in Exercise.NewMessages.Select((m, i) => (m, i)))
        {
            Set(message, nameof(OutboxMessage.CreatedAt), Start.AddMinutes(i));
            message.OnlyReadable(Start.AddMinutes(i).AddSeconds(1));
        }
        return new(Exercise, _runs, _samples, _timeline, Findings, [.. Exercise.NewMessages], Leftovers, Start.AddHours(1));
    }

    public Run Held()
    {
        var run = Begin("slow-payments", Start.AddSeconds(10));
        var from = run.InjectedAt!.Value;
        var injection = Inject(run, "network-latency", "checkout-7d9f-2kq4m", from, "connect to payments took 301 ms, 0.6 ms before");
        run.Move(RunTrigger.Injected, from.AddSeconds(1));
        run.Detected(from.AddSeconds(4), "Eve Lind, observer");
        run.Acknowledged(from.AddSeconds(6));
        Note(EntryKind.Detection, "Checkout got slower", run, from.AddSeconds(4));
        Sample(run, "checkouts", from, t => 100, min: 99);
        Sample(run, "checkout time", from, t => t is >= 0 and < 10 ? 380 + 25 * Math.Sin(t) : 42 + 4 * Math.Sin(t * 3), max: 1500);
        Revert(run, injection, from.AddSeconds(10), 310, "no qdisc of ours on eth0; connect to payments took 0.5 ms");
        run.Judge(Verdict.Held, "Every probe stayed in tolerance for 10 s under the fault");
        run.RecoveredSeen(from.AddSeconds(14));
        run.Move(RunTrigger.Recovered, from.AddSeconds(14));
        return run;
    }

    public Run NotHeld(string note)
    {
        var run = Begin("no-catalogue", Start.AddSeconds(60));
        var from = run.InjectedAt!.Value;
        var all = new[] { "storefront-5c6b-x8kd2", "storefront-5c6b-hx7wz", "storefront-5c6b-t9vnl" }.Select(p => Inject(run, "network-partition", p, from, "a new connection to catalogue failed")).ToList();
        run.Move(RunTrigger.Injected, from.AddSeconds(1));
        Note(EntryKind.Surprise, note, run, from.AddSeconds(5));
        Note(EntryKind.Impact, "Customers saw an error page, not the cached list", run, from.AddSeconds(6));
        Note(EntryKind.Alert, "StorefrontErrors firing", run, from.AddSeconds(8));
        Sample(run, "shop window", from, t => t is >= 3 and < 13 ? Math.Max(0, 90 - 22 * (t - 3)) : 100, min: 99);
        foreach (var injection in all) Revert(run, injection, from.AddSeconds(12), 120, "NetworkPolicy gameday-1a2b3c4d is gone; catalogue:80 answers", move: injection == all[^1]);
        run.Judge(Verdict.NotHeld, "shop window was 90% at 10:01:08 UTC, outside its tolerance");
        run.RecoveredSeen(from.AddSeconds(19));
        run.Move(RunTrigger.Recovered, from.AddSeconds(19));
        return run;
    }

    public Run Leaked()
    {
        var run = Begin("slow-payments", Start.AddSeconds(10));
        var injection = Inject(run, "network-latency", "checkout-7d9f-2kq4m", run.InjectedAt!.Value, "connect to payments took 301 ms");
        run.Move(RunTrigger.Injected, run.InjectedAt.Value.AddSeconds(1));
        run.Move(RunTrigger.TimeUp, run.InjectedAt.Value.AddSeconds(10));
        injection.StartRevert(run.InjectedAt.Value.AddSeconds(10));
        injection.Leaked(null, "the pod did not answer");
        run.Move(RunTrigger.Unproved, run.InjectedAt.Value.AddSeconds(15), "not proved gone");
        return run;
    }

    public void Note(EntryKind kind, string text, Run run, DateTimeOffset at) => Set(Exercise.Record(kind, kind == EntryKind.Alert ? Actor.Engine : Eve, text, run.Id), nameof(TimelineEntry.At), at);

    private void Find(string note)
    {
        var weak = new Finding(Guid.CreateVersion7(), Exercise.Id, _runs[1].Id, FindingKind.Weakness, "The storefront shows an error without its catalogue", note, [9, 10], Ana, Start.AddDays(1));
        weak.Rank(Severity.CustomerImpact, Likelihood.PlausibleThisYear);
        weak.Queue("redmine");
        weak.Filed(new TrackerIssue("redmine", "#412", new Uri("https://tracker.example/issues/412"), "New"));
        var strong = new Finding(Guid.CreateVersion7(), Exercise.Id, _runs[0].Id, FindingKind.Strength, "Checkout waits for payments without a storm of retries", "", [8], Ana, Start.AddDays(1));
        Findings = [weak, strong];
    }

    private Run Begin(string key, DateTimeOffset at)
    {
        var run = new Run(Guid.CreateVersion7(), Exercise.Id, key, _runs.Count + 1, 7);
        run.Move(RunTrigger.Arm, at);
        run.Move(RunTrigger.StartBaseline, at.AddSeconds(1));
        run.Move(RunTrigger.Steady, at.AddSeconds(6));
        Exercise.Record(EntryKind.RunState, Actor.Engine, $"{key}: steady, injecting", run.Id);
        _runs.Add(run);
        return run;
    }

    private static Injection Inject(Run run, string kind, string pod, DateTimeOffset at, string effect)
    {
        var injection = run.Add(new FaultTarget { Cluster = "sandbox", Namespace = "shop", Kind = "Pod", Name = pod, Uid = pod + "-uid", Node = "node-a1", Owner = "Deployment/x" }, kind);
        injection.Plan(new UndoPlan(kind, "net", new Dictionary<string, string>(), $"kubectl -n shop delete pod {pod}"));
        injection.Send(at, at.AddSeconds(10));
        injection.Injected(new Evidence(true, effect, new Dictionary<string, string> { ["afterMs"] = "301" }, at.AddMilliseconds(800)), at.AddSeconds(1));
        run.EffectSeen(at.AddSeconds(1));
        return injection;
    }

    private static void Revert(Run run, Injection injection, DateTimeOffset at, int ms, string proof, bool move = true)
    {
        if (run.State == RunState.Observing) run.Move(RunTrigger.TimeUp, at);
        injection.StartRevert(at);
        injection.Reverted(new Evidence(true, proof, new Dictionary<string, string>(), at.AddMilliseconds(ms)), at.AddMilliseconds(ms));
        if (move) run.Move(RunTrigger.Proved, at.AddMilliseconds(ms));
    }

    private void Sample(Run run, string probe, DateTimeOffset fault, Func<double, double> value, double min = double.MinValue, double max = double.MaxValue)
    {
        for (var t = -6; t < 20; t++)
        {
            var v = value(t);
            _samples.Add(new ProbeSample(run.Id, probe, fault.AddSeconds(t), v, v >= min && v <= max, null));
        }
    }

    private static ExercisePlan Plan(string? title, string? goal) => new()
    {
        Title = title ?? "Checkout on a slow day", Goal = goal ?? "Know whether checkout keeps selling when payments is slow, and whether we notice before customers do.", Channel = "#gameday",
        Experiments =
        [
            new()
            {
                Key = "slow-payments", Title = "Payments answers late", Hypothesis = "Checkouts go on succeeding and stay under 1.5 seconds.", Duration = TimeSpan.FromSeconds(10),
                Fault = new("network-latency", new Dictionary<string, string> { ["delay"] = "300ms", ["to"] = "app=payments" }), Targets = new("shop", "app=checkout"),
                Probes = [Probe("checkouts", "Do checkouts succeed?", "%", new(99)), Probe("checkout time", "How long does a checkout take?", "ms", new(null, 1500))],
                AbortWhen = [new("checkouts", 50, null, TimeSpan.FromSeconds(5)), new("checkout time", null, 3000, TimeSpan.FromSeconds(5))],
                Expect = new() { Impact = "Checkouts take 300 ms longer", Response = "Checkout waits within its timeout", NoticedBy = "an observer", DetectWithin = TimeSpan.FromSeconds(60) },
            },
            new()
            {
                Key = "no-catalogue", Title = "The storefront cannot reach the catalogue", Hypothesis = "The list of products is served from a copy.", Duration = TimeSpan.FromSeconds(12),
                Fault = new("network-partition", new Dictionary<string, string> { ["to"] = "app=catalogue" }), Targets = new("shop", "app=storefront", Choice.All),
                Probes = [Probe("shop window", "Does the list of products open?", "%", new(99))], AbortWhen = [new("shop window", 0, null, TimeSpan.FromSeconds(5))],
                Expect = new() { Impact = "The list comes from a copy", NoticedBy = "an alert", DetectWithin = TimeSpan.FromSeconds(60), Alerts = ["CatalogueAway"] },
            },
        ],
    };

    private static ProbeSpec Probe(string name, string question, string unit, Tolerance tolerance) => new()
    {
        Name = name, Question = question, Unit = unit, Tolerance = tolerance,
        Http = new(HttpMeasure.Success, "storefront.shop:80", null, "/checkout", 200, 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)),
    };

    private static void Set(object on, string property, object value) => on.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(on, value);
}

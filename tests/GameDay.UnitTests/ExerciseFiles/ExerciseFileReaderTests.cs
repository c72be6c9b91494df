using GameDay.Domain.Experiments;
using GameDay.Web.ExerciseFiles;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.ExerciseFiles;

public sealed class ExerciseFileReaderTests
{
    private static FileProblem Only(string text) => ExerciseFileReader.Read(text, TestKinds.All).Problems.ShouldHaveSingleItem();

    private static string With(string find, string put) => Sample.Good.Contains(find, StringComparison.Ordinal)
        ? Sample.Good.Replace(find, put, StringComparison.Ordinal) : throw new ArgumentException($"the sample holds no '{find}'");

    [Fact]
    public void A_good_file_becomes_the_plan_it_says()
    {
        var file = ExerciseFileReader.Read(Sample.Good, TestKinds.All).File.ShouldNotBeNull();
        file.Plan.Title.ShouldBe("Slow payments");
        var experiment = file.Plan.Experiments.ShouldHaveSingleItem();
        experiment.Fault.Settings.ShouldBe(new Dictionary<string, string> { ["delay"] = "300ms", ["to"] = "app=payments" }, ignoreOrder: true);
        experiment.Targets.ShouldBe(new TargetSpec("shop", "app=checkout", Choice.Percent, 50));
        experiment.Duration.ShouldBe(TimeSpan.FromSeconds(90));
        experiment.RecoverWithin.ShouldBe(TimeSpan.FromSeconds(30));
        experiment.Probes[0].Http.ShouldBe(new HttpProbe(HttpMeasure.Success, "storefront.shop:80", null, "/checkout", 200, 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)));
        experiment.AbortWhen.ShouldBe([new AbortCondition("checkouts", 50, null, TimeSpan.FromSeconds(5))]);
        experiment.Expect.Alerts.ShouldBe(["CheckoutSlow"]);
    }

    [Fact]
    public void Targets_are_narrowed_by_labels_owner_zone_and_node()
    {
        var file = ExerciseFileReader.Read(With("selector: app=checkout", "owner: Deployment/checkout, zone: eu-1a, node: node-1"), TestKinds.All).File.ShouldNotBeNull();
        file.Plan.Experiments[0].Targets.ShouldBe(new TargetSpec("shop", "", Choice.Percent, 50) { Owner = "Deployment/checkout", Zone = "eu-1a", Node = "node-1" });
    }

    [Theory]
    [InlineData("", "experiments[0].targets", "at least one of selector, owner, zone, node")]
    [InlineData("owner: checkout, ", "experiments[0].targets.owner", "a kind and a name, e.g. Deployment/cart")]
    [InlineData("zone: eu 1a, ", "experiments[0].targets.zone", "letters, digits")]
    [InlineData("selector: app=checkout, zon: a, ", "experiments[0].targets.zon", "zone")]
    public void Targets_that_name_nothing_or_nonsense_are_refused_at_their_place(string put, string key, string allowed)
    {
        var problem = ExerciseFileReader.Read(With("selector: app=checkout, ", put), TestKinds.All).Problems[0];
        (problem.Line, problem.Key).ShouldBe((Array.FindIndex(Sample.Good.Split('\n'), l => l.Contains("targets:", StringComparison.Ordinal)) + 1, key));
        problem.Column.ShouldBeGreaterThan(1);
        problem.Allowed.ShouldNotBeNull().ShouldContain(allowed);
    }

    [Fact]
    public void An_unknown_key_is_named_with_its_place_and_what_was_meant()
    {
        var problem = Only(With("    hypothesis:", "    hypotesis: x\n    hypothesis:"));
        (problem.Line, problem.Column, problem.Key, problem.DidYouMean).ShouldBe((6, 5, "experiments[0].hypotesis", "hypothesis"));
        problem.Allowed.ShouldNotBeNull().ShouldContain("hypothesis, fault, targets");
    }

    [Theory]
    [InlineData("recover_within", "recoverWithin")]
    [InlineData("AbortWhen", "abortWhen")]
    [InlineData("probe", "probes")]
    public void Other_spellings_of_a_key_are_recognised(string written, string meant) =>
        ExerciseFileReader.Read(With("    hypothesis:", $"    {written}: x\n    hypothesis:"), TestKinds.All).Problems.ShouldContain(p => p.DidYouMean == meant);

    [Fact]
    public void All_errors_come_at_once_in_the_order_of_the_lines()
    {
        var problems = ExerciseFileReader.Read(Sample.AllWrong, TestKinds.All).Problems;
        problems.Select(p => p.Key).ShouldBe([
            "titel", "title", "policy", "experiments[0].key", "experiments[0].hypothesis", "experiments[0].fault.dely", "experiments[0].fault.delay", "experiments[0].targets.percent",
            "experiments[0].duration", "experiments[0].probes[0]", "experiments[0].probes[0].tolerance", "experiments[0].abortWhen[0].probe", "experiments[0].abortWhen[0]",
        ], ignoreOrder: true);
        problems.Select(p => p.Line).ShouldBeInOrder();
        problems.ShouldAllBe(p => p.Allowed != null);
    }

    [Fact]
    public void An_unknown_fault_kind_names_those_there_are()
    {
        var problem = Only(With("kind: network-latency", "kind: network-latencies"));
        (problem.Key, problem.DidYouMean).ShouldBe(("experiments[0].fault.kind", "network-latency"));
        problem.Allowed.ShouldBe("pod-kill, network-latency, network-partition");
    }

    [Theory]
    [InlineData("delay: 300ms", "delay: 300", "fault.delay", "'300' is not allowed")]
    [InlineData("delay: 300ms", "delay: 2h", "fault.delay", "'2h' is not allowed")]
    [InlineData("delay: 300ms, ", "", "fault.delay", "needs 'delay'")]
    [InlineData("delay: 300ms", "delay: 300ms, port: http", "fault.port", "'http' is not allowed")]
    [InlineData("delay: 300ms", "delay: 300ms, gracePeriod: 3s", "fault.gracePeriod", "unknown key")]
    [InlineData("to: app=payments", "to: app=pay ments", "fault.to", "is not allowed")]
    [InlineData("duration: 1m30s", "duration: 90", "duration", "'90' is not allowed")]
    [InlineData("duration: 1m30s", "duration: 2h", "duration", "longer than policy sandbox allows")]
    [InlineData("duration: 1m30s", "duration: [1s]", "duration", "it is a list")]
    [InlineData("key: slow-payments", "key: Slow Payments", "key", "is not allowed")]
    [InlineData("key: slow-payments", "key: \"slow\\n\"", "key", "is not allowed")]
    [InlineData("selector: app=checkout", "selector: \"app=checkout\\n\"", "targets.selector", "is not allowed")]
    [InlineData("below: 50", "below: fifty", "abortWhen[0].below", "'fifty' is not allowed")]
    [InlineData("below: 50", "below: \"50\"", "abortWhen[0].below", "'50' is not allowed")]
    [InlineData("below: 50", "below: 50, above: 60", "abortWhen[0]", "below and above are given together")]
    [InlineData("below: 50, ", "", "abortWhen[0]", "none of below, above is given")]
    [InlineData("probe: checkouts", "probe: checkout", "abortWhen[0].probe", "there is no probe 'checkout'")]
    [InlineData("{ min: 99 }", "{ min: 99, max: 9 }", "probes[0].tolerance.min", "min 99 is above max 9")]
    [InlineData("{ min: 99 }", "{}", "probes[0].tolerance", "none of min, max is given")]
    [InlineData("{ min: 99 }", "{ min: .nan }", "probes[0].tolerance.min", "'.nan' is not allowed")]
    [InlineData("measure: success }", "measure: success, url: http://x }", "probes[0].http", "service and url are given together")]
    [InlineData("service: \"storefront.shop:80\"", "service: storefront", "probes[0].http.service", "'storefront' is not allowed")]
    [InlineData("measure: success }", "measure: success, requests: 21 }", "probes[0].http.requests", "'21' is not allowed")]
    [InlineData("percent: 50", "percent: 50, count: 2", "targets", "percent and count are given together")]
    [InlineData("percent: 50", "percent: 0", "targets.percent", "'0' is not allowed")]
    [InlineData("selector: app=checkout", "selector: \"\"", "targets.selector", "'' is not allowed")]
    [InlineData("title: The payments are late", "title: #1", "title", "it has no value")]
    [InlineData("title: The payments are late", "title: \"a\\0b\"", "title", "it holds control characters")]
    [InlineData("title: The payments are late", "title: The payments are late\n    title: again", "title", "the key is there twice, first on line 5")]
    public void What_is_wrong_with_one_value_is_said_in_words(string find, string put, string key, string what)
    {
        var problem = Only(With(find, put));
        problem.Key.ShouldBe($"experiments[0].{key}");
        problem.What.ShouldContain(what);
        problem.Allowed.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_probe_has_exactly_one_source()
    {
        Only(With("        tolerance:", "        promql: { query: up }\n        tolerance:")).What.ShouldBe("http and promql are given together");
        Only(With("        http: { service: \"storefront.shop:80\", path: /checkout, measure: success }\n", "")).What.ShouldBe("none of http, kubernetes, promql is given");
    }

    [Fact]
    public void Keys_of_experiments_and_names_of_probes_are_unique()
    {
        var doubled = Sample.Good + Sample.Good[Sample.Good.IndexOf("  - key", StringComparison.Ordinal)..];
        Only(doubled).What.ShouldBe("'slow-payments' is there twice, first on line 4");
    }

    [Fact]
    public void The_window_ends_after_it_starts_and_names_its_offset()
    {
        Only("startsAt: 2026-11-19T10:00:00Z\nendsAt: 2026-11-19T09:00:00Z\n" + Sample.Good).What.ShouldBe("it ends before it starts");
        Only("startsAt: 2026-11-19T10:00:00\n" + Sample.Good).Key.ShouldBe("startsAt");
        ExerciseFileReader.Read("startsAt: 2026-11-19T10:00:00+01:00\n" + Sample.Good, TestKinds.All).File!.Plan.StartsAt.ShouldBe(new DateTimeOffset(2026, 11, 19, 10, 0, 0, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_problem_reads_as_editors_link_it() => Only(With("percent: 50", "percents: 50")).In("a.yaml")
        .ShouldBe("a.yaml:8:57 experiments[0].targets.percents: unknown key. Did you mean 'percent'? Allowed: namespace, selector, owner, zone, node, choose, count, percent.");
}

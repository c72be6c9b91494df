using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using static GameDay.Web.ExerciseFiles.Shapes.FieldType;

namespace GameDay.Web.ExerciseFiles.Shapes;

/// <summary>The exercise file from the top: title, experiments and what they hold.</summary>
internal static class ExerciseShape
{
    internal static readonly (string, string) DnsLabel = ("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "lower-case letters, digits and hyphens, at most 63");

    public static Shape Of(IReadOnlyList<FaultKind> kinds) => new("exercise",
    [
        new("title", Text, "Names the exercise in the calendar, in notices and in the report.") { Required = true, Min = 1, Max = 200 },
        new("goal", Text, "What you want to learn, in a sentence or two; the report opens with it.") { Max = 4000 },
        new("type", Choice, "GameDay: a day with people. Mini: two or three hours. Tabletop: talked through. Drill: practised.") { Allowed = ["gameday", "mini", "tabletop", "drill"], Default = "gameday" },
        new("cluster", Text, "Name of a configured cluster. 'sandbox' is the one that comes with GameDay.") { Form = DnsName, Default = "sandbox" },
        new("policy", Choice, "Waiting times and head counts that apply. The applied policy is printed in the report.") { Allowed = [.. Policy.All.Select(p => p.Name)], Default = "sandbox" },
        new("channel", Text, "Where notices go, in quotes because of the #: \"#gameday\".") { Min = 1, Max = 100, Default = "#gameday" },
        new("automatic", Flag, "true: runs its experiments one after the other without a person, then finishes. false: somebody starts each.") { Default = "false" },
        new("startsAt", Moment, "Start of the window, with its offset."),
        new("endsAt", Moment, "End of the window; every fault must be gone by then."),
        new("offLimits", Texts, "What must not be touched, in people's words.") { Max = 50 },
        new("experiments", Objects, "Run one after the other, in this order. Low risk first.") { Required = true, Min = 1, Max = 50, Shape = Experiment(kinds) },
    ]);

    private static readonly (string, string) DnsName = ("^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$", "a name of letters, digits, dots and hyphens");

    private static readonly (string, string) Owner = ("^[A-Z][A-Za-z]{1,62}/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "a kind and a name, e.g. Deployment/cart");

    private static readonly (string, string) Zone = ("^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$", "letters, digits, dots and hyphens, at most 63");

    private static Shape Experiment(IReadOnlyList<FaultKind> kinds) => new("experiment",
    [
        new("key", Text, "Short name, unique in this file; stays the same when the title changes, so that re-runs can be compared.") { Required = true, Form = DnsLabel },
        new("title", Text, "What happens, in a few words.") { Required = true, Min = 1, Max = 200 },
        new("hypothesis", Text, "\"While the fault holds, the probes stay within tolerance\" in your system's words. The verdict says whether it held.") { Required = true, Min = 1, Max = 4000 },
        new("fault", FieldType.Object, "What is broken on purpose, and how strongly.") { Required = true, Shape = FaultShape.Of(kinds) },
        new("targets", FieldType.Object, "Which pods, workloads or nodes (the fault's kind says which), and how many of them.") { Required = true, Shape = Targets },
        new("duration", Duration, "How long the fault stays. It ends in the cluster even if GameDay dies.") { Required = true, Min = 1, Max = 86_400 },
        new("recoverWithin", Duration, "Longest wait for steady state after the proved revert.") { Min = 1, Max = 86_400, Default = "30s" },
        new("probes", Objects, "Measurements with a tolerance; they judge the hypothesis.") { Required = true, Min = 1, Max = 20, Shape = ProbeShape.Probe },
        new("abortWhen", Objects, "Each ends the fault early. Missing data counts as a breach: blind means abort.") { Required = true, Min = 1, Max = 20, Shape = AbortWhen },
        new("expect", FieldType.Object, "Your prediction, written before the fault; the report shows the difference.") { Shape = Expect },
    ]);

    private static readonly Shape Targets = new("targets",
    [
        new("namespace", Text, "Kubernetes namespace. Namespaces that rescuers live in are refused by policy.") { Required = true, Form = DnsLabel },
        new("selector", Selector, "Label selector as kubectl takes it, e.g. app=cart. It must match something."),
        new("owner", Text, "Only what this workload owns, or the workload itself: Deployment/cart.") { Form = Owner },
        new("zone", Text, "Only in this zone: label topology.kubernetes.io/zone of the node.") { Form = Zone },
        new("node", Text, "Only on this node.") { Form = DnsName },
        new("choose", Choice, "one: a single one, drawn by a recorded seed. all: every match.") { Allowed = ["one", "all"], Default = "one" },
        new("count", Whole, "So many of the matching ones, instead of choose.") { Min = 1, Max = 1000 },
        new("percent", Whole, "So many percent of the matching ones, rounded up, instead of choose.") { Min = 1, Max = 100 },
    ]) { AtMostOne = ["choose", "count", "percent"], AtLeastOne = ["selector", "owner", "zone", "node"] };

    private static readonly Shape AbortWhen = new("abortCondition",
    [
        new("probe", Text, "Name of one of this experiment's probes.") { Required = true, Min = 1, Max = 100 },
        new("below", Number, "Breached by readings under this."),
        new("above", Number, "Breached by readings over this."),
        new("for", Duration, "How long it must last.") { Required = true, Min = 0, Max = 3600 },
    ]) { ExactlyOne = ["below", "above"] };

    private static readonly Shape Expect = new("expectation",
    [
        new("impact", Text, "What customers notice.") { Max = 4000 },
        new("response", Text, "What the system and the people do.") { Max = 4000 },
        new("noticedBy", Text, "Who or what notices first: an alert, a person, a customer.") { Max = 200 },
        new("detectWithin", Duration, "From the fault's effect to the moment somebody or something knows.") { Min = 0, Max = 86_400 },
        new("alerts", Texts, "Names of the alerts that should fire; [] when none should.") { Max = 50 },
    ]);
}

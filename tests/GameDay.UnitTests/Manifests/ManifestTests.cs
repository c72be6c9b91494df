using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Web.CommandLine;
using GameDay.Web.Manifests;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GameDay.UnitTests.Manifests;

/// <summary>What the chart renders, read back as YAML.</summary>
public sealed class ManifestTests
{
    private static readonly string Directory = FindChart();
    private static readonly IReadOnlyList<FaultKind> Kinds = ManifestsCommand.Kinds();

    [Fact]
    public void The_charts_rules_are_those_that_the_code_lists()
    {
        var file = Path.Combine(Directory, "templates", RuleText.File);
        var written = RuleText.Write(Kinds);
        if (Environment.GetEnvironmentVariable("GAMEDAY_WRITE_RULES") == "1")
            File.WriteAllText(file, written);

        File.ReadAllText(file).ShouldBe(written, $"{file} is old. Run this test once with GAMEDAY_WRITE_RULES=1.");
    }

    public static TheoryData<string> KindIds => [.. Kinds.Select(k => k.Id)];

    [Theory]
    [MemberData(nameof(KindIds))]
    public void A_fault_that_is_on_gets_every_permission_it_lists_and_no_verb_more(string id)
    {
        var kind = Kinds.Single(k => k.Id == id);
        var granted = Granted(Documents(new ClusterManifests("prod", [id], ["shop"], null).All(new Chart(Directory), Kinds)), "gameday-reaper", own: false);

        granted.ShouldBe(kind.Permissions.Select(Words).Distinct().Order(StringComparer.Ordinal), id);
    }

    [Fact]
    public void The_reaper_can_do_its_own_work_and_nothing_more_in_its_namespace()
    {
        var documents = Documents(new ClusterManifests("prod", ["pod-kill"], [], null).All(new Chart(Directory), Kinds));

        Granted(documents, "gameday-reaper", own: true).ShouldBe(BasePermissions.ReaperInOwn.Select(Words).Distinct().Order(StringComparer.Ordinal));
        Granted(documents, "gameday-app", own: true).ShouldBe(BasePermissions.AppInOwn.Select(Words).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_gets_secrets_wildcards_or_a_right_in_other_namespaces()
    {
        var documents = Documents(new ClusterManifests("prod", [], ["shop", "pay"], null).All(new Chart(Directory), Kinds));
        var all = Granted(documents, "gameday-app", own: null).Concat(Granted(documents, "gameday-reaper", own: null)).ToList();

        all.Count.ShouldBeGreaterThan(10);
        all.ShouldNotContain(right => right.Contains("secrets") || right.Contains('*'));
        documents.Where(d => Kind(d) == "Role").Select(d => Text(d, "metadata", "namespace")).Distinct().Order(StringComparer.Ordinal).ShouldBe(["gameday", "pay", "shop"]);
        documents.Where(d => Kind(d) == "ClusterRole").SelectMany(Rights).ShouldAllBe(right => right.StartsWith("/nodes", StringComparison.Ordinal) || right == "/pods list", "draining a node asks who lives on it");
    }

    [Fact]
    public void The_whole_chart_is_yaml_with_two_of_everything_that_rescues()
    {
        var values = new Dictionary<string, object?> { ["faults"] = Kinds.ToDictionary(k => k.Id, _ => (object?)true), ["networkPolicy"] = new Dictionary<string, object?> { ["enabled"] = true } };
        var documents = Documents(new Chart(Directory).Render("gameday", "chaos", values));

        documents.Select(Kind).Distinct().ShouldBe(
            ["Deployment", "Service", "PodDisruptionBudget", "Job", "NetworkPolicy", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ServiceAccount"], ignoreOrder: true);
        documents.Where(d => Kind(d) == "Deployment").ShouldAllBe(d => Text(d, "spec", "replicas") == "2");
        documents.Where(d => Kind(d) is "Deployment" or "Job" or "Service").ShouldAllBe(d => Text(d, "metadata", "namespace") == "chaos");
    }

    [Fact]
    public void An_unknown_fault_is_refused_with_the_known_ones() =>
        Should.Throw<RuleBroken>(() => new ClusterManifests("prod", ["meteor"], [], null).All(new Chart(Directory), Kinds)).Message.ShouldContain("pod-kill");

    [Theory]
    [InlineData("{{ .Values.a | upper }}", "upper")]
    [InlineData("{{ if .Values.a }}x", "not closed")]
    [InlineData("{{ .Values.a", "not closed")]
    [InlineData("{{ lookup \"v1\" }}", "lookup")]
    [InlineData("{{ .Values.a.b }}", "no map")]
    [InlineData("{{ template \"x\" . }}", "not used")]
    [InlineData("{{ end }}", "without a beginning")]
    public void What_our_renderer_does_not_understand_it_refuses(string template, string word) =>
        Should.Throw<TemplateException>(() => Render(template)).Message.ShouldContain(word);

    [Theory]
    [InlineData("a: {{ .Values.a }}", "a: text")]
    [InlineData("{{- range $k, $v := .Values.map }}{{ $k }}={{ $v }};{{- end }}", "x=1;y=2;")]
    [InlineData("{{ with .Values.none }}x{{ else }}empty{{ end }}", "empty")]
    [InlineData("{{ if eq .Values.a \"other\" }}1{{ else if .Values.list }}2{{ else }}3{{ end }}", "2")]
    [InlineData("{{ printf \"%s-%d\" .Values.a 3 | quote }}", "\"text-3\"")]
    [InlineData("l:\n  {{- toYaml .Values.list | nindent 2 }}", "l:\n  - p\n  - q")]
    [InlineData("{{ default \"d\" .Values.none }}{{/* gone */}}", "d")]
    [InlineData("{{ $x := 1 }}{{ range .Values.list }}{{ $x = . }}{{ end }}{{ $x }}", "q")]
    public void What_it_understands_it_renders_as_Helm_does(string template, string expected) => Render(template).ShouldBe(expected);

    private static string Render(string template)
    {
        var values = YamlText.ReadMap("{a: text, none: '', list: [p, q], map: {y: 2, x: 1}}");
        var defined = new Dictionary<string, IReadOnlyList<Node>>();
        return TemplateRun.Render(new TemplateParser("t", defined).Parse(template), defined, new Dictionary<string, object?> { ["Values"] = values }, "t");
    }

    private static List<YamlMappingNode> Documents(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(d => (YamlMappingNode)d.RootNode)];
    }

    /// <param name="own">In GameDay's own namespace, elsewhere, or (null) both.</param>
    private static IEnumerable<string> Granted(List<YamlMappingNode> documents, string account, bool? own)
    {
        var roles = documents.Where(d => Kind(d) is "RoleBinding" or "ClusterRoleBinding" && ((YamlSequenceNode)d["subjects"]).Any(s => Text(s, "name") == account))
            .Select(d => Text(d, "roleRef", "name")).Where(name => own is null || name.EndsWith("-own", StringComparison.Ordinal) == own).ToHashSet(StringComparer.Ordinal);
        return documents.Where(d => Kind(d) is "Role" or "ClusterRole" && roles.Contains(Text(d, "metadata", "name"))).SelectMany(Rights).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Rights(YamlMappingNode role) =>
        from rule in (YamlSequenceNode)role["rules"]
        from verb in (YamlSequenceNode)rule["verbs"]
        from resource in (YamlSequenceNode)rule["resources"]
        select $"{((YamlScalarNode)rule["apiGroups"][0]).Value}/{resource} {verb}";

    private static string Words(PermissionNeeded p) => $"{p.ApiGroup}/{p.Resource} {p.Verb}";

    private static string Kind(YamlMappingNode document) => Text(document, "kind");

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)path.Aggregate(node, (at, key) => at[key])).Value!;

    internal static string FindChart()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return Path.Combine(d.FullName, "helm/gameday");
        throw new InvalidOperationException("GameDay.sln is not above the test's folder");
    }
}

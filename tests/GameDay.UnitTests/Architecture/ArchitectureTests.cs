using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Architecture;

/// <summary>Each rule is asked of the real tree, and of a planted violation that must fail.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Concat(Directory.GetFiles(Path.Combine(Root, "migrations"), "*.csproj")).ToList();
        files.Count.ShouldBeGreaterThan(8);
        files.SelectMany(f => DependencyRules.Violations(Path.GetFileNameWithoutExtension(f), XDocument.Load(f))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GameDay.Domain", "<ProjectReference Include='../GameDay.Data/GameDay.Data.csproj' />")]
    [InlineData("GameDay.Domain", "<PackageReference Include='MediatR' />")]
    [InlineData("GameDay.Data", "<ProjectReference Include='../GameDay.Engine/GameDay.Engine.csproj' />")]
    [InlineData("GameDay.Kubernetes", "<ProjectReference Include='../GameDay.Faults/GameDay.Faults.csproj' />")]
    [InlineData("GameDay.Faults", "<ProjectReference Include='../GameDay.Engine/GameDay.Engine.csproj' />")]
    [InlineData("GameDay.Faults", "<FrameworkReference Include='Microsoft.AspNetCore.App' />")]
    [InlineData("GameDay.Integrations", "<ProjectReference Include='../GameDay.Kubernetes/GameDay.Kubernetes.csproj' />")]
    [InlineData("GameDay.Engine", "<ProjectReference Include='../GameDay.Faults/GameDay.Faults.csproj' />")]
    [InlineData("GameDay.Reaper", "<ProjectReference Include='../GameDay.Data/GameDay.Data.csproj' />")]
    [InlineData("GameDay.Reaper", "<PackageReference Include='Npgsql' />")]
    [InlineData("GameDay.Sandbox", "<ProjectReference Include='../GameDay.Domain/GameDay.Domain.csproj' />")]
    public void A_planted_reference_is_caught(string project, string planted) =>
        DependencyRules.Violations(project, XDocument.Parse($"<Project><ItemGroup>{planted}</ItemGroup></Project>")).ShouldHaveSingleItem();

    [Fact]
    public void The_reapers_whole_closure_is_free_of_database_scheduler_and_web_server()
    {
        var beside = Path.GetRelativePath(Path.Combine(Root, "tests/GameDay.UnitTests"), AppContext.BaseDirectory);
        var program = Path.Combine(Root, "src/GameDay.Reaper", beside, "gameday-reaper");
        var list = File.ReadAllText($"{program}.deps.json") + File.ReadAllText($"{program}.runtimeconfig.json");

        DependencyRules.ClosureViolations("GameDay.Reaper", list).ShouldBeEmpty();
        DependencyRules.ClosureViolations("GameDay.Reaper", list.Replace("YamlDotNet/", "Npgsql/", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    public static TheoryData<string> Rules => [nameof(SourceRules.VendorsKeepApart), nameof(SourceRules.OnlyTheEngineCallsFaults), nameof(SourceRules.OnlyTheOutboxSends), nameof(SourceRules.FeaturesKeepTheirInsides)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_sources_keep_the_rule(string rule)
    {
        var files = Sources().ToList();
        files.Count.ShouldBeGreaterThan(50);
        files.Select(f => Ask(rule, f.Path, f.Text)).OfType<string>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(SourceRules.VendorsKeepApart), "src/GameDay.Integrations/Slack/X.cs", "using GameDay.Integrations.Redmine;")]
    [InlineData(nameof(SourceRules.OnlyTheEngineCallsFaults), "src/GameDay.Web/Features/Faults/X.cs", "class X(IFault fault) { }")]
    [InlineData(nameof(SourceRules.OnlyTheOutboxSends), "src/GameDay.Web/Features/Findings/X.cs", "class X(ITracker t) { Task M() => t.WriteAsync(d, ct); }")]
    [InlineData(nameof(SourceRules.FeaturesKeepTheirInsides), "src/GameDay.Web/Features/Runs/X.cs", "var h = new AbortExercise.Handler(db);")]
    public void A_planted_violation_is_caught(string rule, string path, string text) => Ask(rule, path, text).ShouldNotBeNull();

    private static string? Ask(string rule, string path, string text) => rule switch
    {
        nameof(SourceRules.VendorsKeepApart) => SourceRules.VendorsKeepApart(path, text),
        nameof(SourceRules.OnlyTheEngineCallsFaults) => SourceRules.OnlyTheEngineCallsFaults(path, text),
        nameof(SourceRules.OnlyTheOutboxSends) => SourceRules.OnlyTheOutboxSends(path, text),
        nameof(SourceRules.FeaturesKeepTheirInsides) => SourceRules.FeaturesKeepTheirInsides(path, text),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "no such rule"),
    };

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Root, f).Replace('\\', '/'), File.ReadAllText(f)));

    private static string FindRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "GameDay.sln"))) return d.FullName;
        throw new InvalidOperationException("GameDay.sln is not above the test's folder");
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.UnitTests.Faults;
using GameDay.Web.ExerciseFiles;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.ExerciseFiles;

public sealed class ShippedFilesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));
    private static readonly string SchemaFile = Path.Combine(Root, "schemas/exercise.schema.json");

    private static readonly IReadOnlyList<FaultKind> Registered = RegisteredKinds.All;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Root, "runbooks/exercises"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void The_eight_scenarios_ship() => Files.Select(f => f.Data).ShouldBe(
        [
            "catalogue-off.yaml", "chaos-monkey-cart.yaml", "drain-a-node.yaml", "latency-monkey-payments.yaml", "partition-checkout-payments.yaml",
            "storefront-without-catalogue.yaml", "stripe-kill-9-store.yaml", "zone-a-lost.yaml",
        ], ignoreOrder: true);

    [Theory, MemberData(nameof(Files))]
    public async Task Every_shipped_file_is_good_for_the_reader_and_for_the_schema(string name)
    {
        var path = Path.Combine(Root, "runbooks/exercises", name);
        (await ExerciseFileReader.ReadFileAsync(path, Registered, default)).Problems.Select(p => p.In(name)).ShouldBeEmpty();
        MiniSchema.Errors(YamlAsJson.Read(await File.ReadAllTextAsync(path)), JsonNode.Parse(await File.ReadAllTextAsync(SchemaFile))!).ShouldBeEmpty();
        (await File.ReadAllLinesAsync(path))[0].ShouldBe("# yaml-language-server: $schema=../../schemas/exercise.schema.json");
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Every_shipped_file_takes_less_than_45_seconds_of_its_own(string name)
    {
        var plan = (await ExerciseFileReader.ReadFileAsync(Path.Combine(Root, "runbooks/exercises", name), Registered, default)).File!.Plan;
        var policy = Policy.Named(plan.Policy);
        var takes = plan.Experiments.Aggregate(policy.AllClearFor, (sum, e) => sum + policy.SteadyFor + e.Duration + policy.RecoveredFor);
        takes.ShouldBeLessThan(TimeSpan.FromSeconds(45));
    }

    [Fact]
    public void The_published_schema_is_made_from_what_the_reader_reads()
    {
        var fresh = ExerciseSchema.Write(Registered);
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA") == "1") File.WriteAllText(SchemaFile, fresh);
        File.ReadAllText(SchemaFile).ShouldBe(fresh, "run the tests once with WRITE_SCHEMA=1 to publish it again");
    }

    [Fact]
    public void What_the_writer_writes_fits_the_schema()
    {
        var schema = JsonNode.Parse(ExerciseSchema.Write(TestKinds.All))!;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Plans.Files.ToArbitrary(), file => MiniSchema.Errors(YamlAsJson.Read(ExerciseFileWriter.Write(file)), schema).ShouldBeEmpty()));
    }

    [Theory]
    [InlineData("title: Slow payments", "titel: Slow payments")]
    [InlineData("percent: 50", "percent: 50, count: 2")]
    [InlineData("percent: 50", "percent: 500")]
    [InlineData("percent: 50", "choose: some")]
    [InlineData("delay: 300ms", "dely: 300ms")]
    [InlineData("kind: network-latency", "kind: latency")]
    [InlineData("duration: 1m30s", "duration: 90")]
    [InlineData("measure: success }", "measure: success }\n        promql: { query: up }")]
    [InlineData("below: 50", "below: fifty")]
    [InlineData("{ min: 99 }", "{ }")]
    public void The_schema_refuses_what_the_reader_refuses(string find, string put)
    {
        var text = Sample.Good.Replace(find, put, StringComparison.Ordinal);
        ExerciseFileReader.Read(text, TestKinds.All).Problems.ShouldNotBeEmpty();
        MiniSchema.Errors(YamlAsJson.Read(text), JsonNode.Parse(ExerciseSchema.Write(TestKinds.All))!).ShouldNotBeEmpty();
        MiniSchema.Errors(YamlAsJson.Read(Sample.Good), JsonNode.Parse(ExerciseSchema.Write(TestKinds.All))!).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

using System.Text;
using System.Text.Json;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Engine;
using GameDay.IntegrationTests.Postgres;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Shouldly;

namespace GameDay.IntegrationTests.Reports;

public sealed class ReportQueryTests(Database database) : IClassFixture<Database>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_whole_exercise_of_the_engine_becomes_a_report_in_every_format()
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, new FakeCluster());
        var exercise = await node.RunningAsync(true, Plans.Experiment("one"));
        await Eventually.Async(async () => (await node.ExerciseAsync(exercise.Id)).State == ExerciseState.Debriefing, () => "debriefing");
        await using var db = database.Open();
        var report = ReportComposer.Compose(await new ReportQuery(db, TimeProvider.System).LoadAsync(exercise.Id, [], Never));
        var run = report.Runs.ShouldHaveSingleItem();
        run.Verdict.ShouldBe(Verdict.Held);
        run.Injections.ShouldAllBe(i => i.Phase == InjectionPhase.Reverted && i.Evidence!.Holds && i.RevertMs != null);
        run.Probes.ShouldHaveSingleItem().Readings.Count.ShouldBeGreaterThan(5);
        run.Timeline.DetectedAt.ShouldBeNull();
        report.Timeline.Select(t => t.Seq).ShouldBe(Enumerable.Range(1, report.Timeline.Count).Select(i => (long)i));
        report.Notices.Select(n => n.Kind.ToString()).ShouldBe(["Announcement", "Started", "AllClear", "Summary"]);
        JsonDocument.Parse(ReportFiles.Write(report, ReportFormat.Json).Bytes).RootElement.GetProperty("runs")[0].GetProperty("verdict").GetString().ShouldBe("held");
        foreach (var format in new[] { ReportFormat.Html, ReportFormat.Md }) Encoding.UTF8.GetString(ReportFiles.Write(report, format).Bytes).ShouldContain("The hypothesis held.");
        ReportFiles.Write(report, ReportFormat.Pdf).Bytes.Length.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task An_exercise_that_is_not_there_is_refused()
    {
        await using var db = database.Open();
        (await Should.ThrowAsync<RuleBroken>(() => new ReportQuery(db, TimeProvider.System).LoadAsync(Guid.NewGuid(), [], Never))).Rule.ShouldBe("NotFound");
    }
}

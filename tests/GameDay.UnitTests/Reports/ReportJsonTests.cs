using System.Text.Json;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reports;

public sealed class ReportJsonTests
{
    private static JsonElement Json(SampleDay day) => JsonDocument.Parse(ReportFiles.Write(ReportComposer.Compose(day.Sources()), ReportFormat.Json).Bytes).RootElement;

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    [Fact]
    public void The_contract_is_kept_whole()
    {
        var json = Json(SampleDay.Whole());
        Names(json).ShouldBeSubsetOf(["version", "exercise", "policy", "runs", "observations", "findings", "leaks", "predictions", "approvals", "notices", "timeline", "writtenAt"]);
        new[] { "id", "title", "state", "startedAt", "endedAt" }.ShouldBeSubsetOf(Names(json.GetProperty("exercise")));
        var run = json.GetProperty("runs")[0];
        new[] { "experiment", "fault", "verdict", "targets", "timeline", "injections", "probes", "alerts" }.ShouldBeSubsetOf(Names(run));
        new[] { "injectedAt", "effectAt", "detectedAt", "detectedBy", "acknowledgedAt", "mitigatedAt", "revertedAt", "recoveredAt" }.ShouldBeSubsetOf(Names(run.GetProperty("timeline")));
        new[] { "target", "phase", "evidence", "revertMs" }.ShouldBeSubsetOf(Names(run.GetProperty("injections")[0]));
        new[] { "expectedFired", "expectedMissing", "unexpected" }.ShouldBeSubsetOf(Names(run.GetProperty("alerts")));
    }

    [Fact]
    public void Values_are_those_of_the_record()
    {
        var json = Json(SampleDay.Whole());
        json.GetProperty("exercise").GetProperty("state").GetString().ShouldBe("debriefing");
        json.GetProperty("exercise").GetProperty("startedAt").GetString().ShouldBe("2026-11-19T10:00:00.000Z");
        var (held, not) = (json.GetProperty("runs")[0], json.GetProperty("runs")[1]);
        (held.GetProperty("experiment").GetString(), held.GetProperty("fault").GetString(), held.GetProperty("verdict").GetString()).ShouldBe(("slow-payments", "network-latency", "held"));
        not.GetProperty("verdict").GetString().ShouldBe("notHeld");
        not.GetProperty("targets").EnumerateArray().Select(t => t.GetString()).ShouldBe(["shop/storefront-5c6b-x8kd2", "shop/storefront-5c6b-hx7wz", "shop/storefront-5c6b-t9vnl"]);
        held.GetProperty("injections")[0].GetProperty("revertMs").GetInt64().ShouldBe(310);
        held.GetProperty("injections")[0].GetProperty("phase").GetString().ShouldBe("reverted");
        held.GetProperty("injections")[0].GetProperty("evidence").GetProperty("summary").GetString()!.ShouldContain("no qdisc of ours");
        json.GetProperty("policy").GetProperty("steadyForSeconds").GetDouble().ShouldBe(5);
    }

    [Fact]
    public void What_was_not_recorded_is_null_and_never_made_up()
    {
        var moments = Json(SampleDay.Whole()).GetProperty("runs")[1].GetProperty("timeline");
        foreach (var name in new[] { "detectedAt", "detectedBy", "acknowledgedAt", "mitigatedAt" }) moments.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null);
        moments.GetProperty("revertedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public void Alerts_are_told_apart_by_what_was_expected()
    {
        var alerts = Json(SampleDay.Whole()).GetProperty("runs")[1].GetProperty("alerts");
        alerts.GetProperty("expectedFired").GetArrayLength().ShouldBe(0);
        alerts.GetProperty("expectedMissing")[0].GetString().ShouldBe("CatalogueAway");
        alerts.GetProperty("unexpected")[0].GetString().ShouldBe("StorefrontErrors firing");
    }

    [Fact]
    public void A_leak_is_listed_with_how_to_undo_it_by_hand()
    {
        var day = new SampleDay();
        day.Leaked();
        day.Leftovers = [new("sandbox", "networkpolicy shop/gameday-9", "injection 9", "other", Ours: false, "kubectl -n shop delete networkpolicy gameday-9")];
        var json = Json(day);
        json.GetProperty("leaks").GetArrayLength().ShouldBe(2);
        json.GetProperty("leaks")[0].GetProperty("undoByHand").GetString().ShouldBe("kubectl -n shop delete pod checkout-7d9f-2kq4m");
        json.GetProperty("runs")[0].GetProperty("injections")[0].GetProperty("evidence").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("runs")[0].GetProperty("injections")[0].GetProperty("revertMs").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void An_exercise_that_ran_nothing_has_a_report_in_every_format()
    {
        var report = ReportComposer.Compose(new SampleDay().Sources());
        foreach (var format in Enum.GetValues<ReportFormat>()) ReportFiles.Write(report, format).Bytes.Length.ShouldBeGreaterThan(500);
    }
}

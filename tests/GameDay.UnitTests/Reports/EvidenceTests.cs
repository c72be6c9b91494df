using System.Text;
using System.Text.Json;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reports;

/// <summary>What was read per target, at injection and revert, is in every format; without effect and superseded are results of their own.</summary>
public sealed class EvidenceTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(InjectionPhase.Reverted, true, null, InjectionResult.Reverted)]
    [InlineData(InjectionPhase.Reverted, false, null, InjectionResult.WithoutEffect)]
    [InlineData(InjectionPhase.Reverted, true, "hpa-controller", InjectionResult.Superseded)]
    [InlineData(InjectionPhase.Leaked, true, null, InjectionResult.Leaked)]
    [InlineData(InjectionPhase.Active, true, null, InjectionResult.Open)]
    [InlineData(InjectionPhase.Void, true, null, InjectionResult.Void)]
    public void A_result_is_told_from_phase_effect_and_proof(InjectionPhase phase, bool effect, string? supersededBy, InjectionResult result) =>
        InjectionResults.Of(phase, Read(effect, "effect"), Read(true, "proof") with { SupersededBy = supersededBy }).ShouldBe(result);

    [Theory]
    [InlineData(ReportFormat.Md)]
    [InlineData(ReportFormat.Html)]
    public void Effect_proof_facts_and_times_of_each_target_are_shown(ReportFormat format)
    {
        var text = Text(format);
        foreach (var shown in new[] { "cart answers as before", "replicas 3", "12:00:07", "without effect", "superseded by hpa-controller" }) text.ShouldContain(shown);
    }

    [Fact]
    public void The_file_for_tools_has_them_as_fields()
    {
        using var json = JsonDocument.Parse(Text(ReportFormat.Json));
        var injections = json.RootElement.GetProperty("runs")[0].GetProperty("injections").EnumerateArray().ToList();
        injections[0].GetProperty("result").GetString().ShouldBe("withoutEffect");
        injections[0].GetProperty("effect").GetProperty("summary").GetString().ShouldBe("cart answers as before");
        injections[1].GetProperty("result").GetString().ShouldBe("superseded");
        injections[1].GetProperty("evidence").GetProperty("supersededBy").GetString().ShouldBe("hpa-controller");
        injections[1].GetProperty("evidence").GetProperty("facts").GetProperty("replicas").GetString().ShouldBe("3");
    }

    [Fact]
    public void Paper_holds_them_too() => ReportFiles.Write(Report(), ReportFormat.Pdf).Bytes.Length.ShouldBeGreaterThan(10_000);

    private static string Text(ReportFormat format) => Encoding.UTF8.GetString(ReportFiles.Write(Report(), format).Bytes).Replace("\u00a0", " ", StringComparison.Ordinal);

    private static ReportDocument Report()
    {
        var day = ReportComposer.Compose(SampleDay.Whole().Sources());
        var one = day.Runs[0].Injections[0];
        ReportInjection[] two =
        [
            one with { Effect = Read(false, "cart answers as before"), Evidence = Read(true, "nothing of it is there") },
            one with { Evidence = Read(true, "somebody set 3") with { SupersededBy = "hpa-controller", Facts = new Dictionary<string, string> { ["replicas"] = "3" } } },
        ];
        return day with { Runs = [day.Runs[0] with { Injections = two }, .. day.Runs.Skip(1)] };
    }

    private static Evidence Read(bool holds, string summary) => new(holds, summary, new Dictionary<string, string> { ["readMs"] = "2" }, At);
}

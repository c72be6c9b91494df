using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Xunit;

namespace GameDay.UnitTests.Reports;

public sealed class ShowReports
{
    [Fact]
    public async Task Every_format_is_written_where_a_person_can_look()
    {
        if (Environment.GetEnvironmentVariable("SHOW_REPORTS") is not { Length: > 0 } folder) { Assert.Skip("set SHOW_REPORTS to a folder"); return; }
        foreach (var (name, day) in new[] { ("whole", SampleDay.Whole()), ("hostile", SampleDay.Whole(SampleDay.Script)) })
        {
            var report = ReportComposer.Compose(day.Sources());
            Directory.CreateDirectory(Path.Combine(folder, name));
            foreach (var format in Enum.GetValues<ReportFormat>())
                await File.WriteAllBytesAsync(Path.Combine(folder, name, ReportFiles.Write(report, format).Name), ReportFiles.Write(report, format).Bytes);
        }
    }
}

using System.Text;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Markdig;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reports;

public sealed class ReportMarkdownTests
{
    private static string Markdown(SampleDay day) => Encoding.UTF8.GetString(ReportFiles.Write(ReportComposer.Compose(day.Sources()), ReportFormat.Md).Bytes);

    private static string Rendered(string markdown) => Markdig.Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().Build());

    [Fact]
    public void It_reads_as_headings_tables_and_sparklines()
    {
        var text = Markdown(SampleDay.Whole());
        text.ShouldStartWith("# Checkout on a slow day\n");
        text.ShouldContain("**1 of 2 hypotheses did not hold: The storefront cannot reach the catalogue.**");
        text.ShouldContain("| held | not held | reverts proved |");
        text.ShouldContain("| 2 | **The storefront cannot reach the catalogue**<br>");
        text.ShouldMatch("`[▁▂▃▄▅▆▇█]+\\[[▁▂▃▄▅▆▇█]+\\][▁▂▃▄▅▆▇█]+`");
        text.ShouldContain("[redmine \\#412](<https://tracker.example/issues/412>)");
    }

    [Fact]
    public void Text_with_tags_links_and_marks_stays_text_when_rendered()
    {
        var html = Rendered(Markdown(SampleDay.Whole(SampleDay.Script, SampleDay.Script[..100], SampleDay.Script)));
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<img");
        html.ShouldNotContain("href=\"javascript:");
        html.ShouldNotContain("href=\"https://example.com");
        html.ShouldNotContain("<strong>bold</strong>");
        html.ShouldContain("&lt;script&gt;alert('x')&lt;/script&gt;");
    }

    [Fact]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head()
    {
        var html = Rendered(Markdown(SampleDay.Whole(SampleDay.Script)));
        foreach (var table in html.Split("<table>").Skip(1))
        {
            var rows = table.Split("</table>")[0].Split("<tr>").Skip(1).Select(r => r.Split("<td").Length + r.Split("<th").Length - 2 - (r.Contains("<thead", StringComparison.Ordinal) ? 1 : 0)).ToList();
            rows.Distinct().Count().ShouldBe(1);
        }
    }
}

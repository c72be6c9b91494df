using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using GameDay.Web.Reports.Content;
using GameDay.Web.Reports.Pdf;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reports;

public sealed partial class ReportPdfTests
{
    private static byte[] Pdf(SampleDay day) => ReportFiles.Write(ReportComposer.Compose(day.Sources()), ReportFormat.Pdf).Bytes;

    private static byte[] WithoutFonts(SampleDay day) => PdfReport.Write(ContentWriter.Write(ReportComposer.Compose(day.Sources())), SampleDay.Start, FoundFonts.Of(FoundFonts.In(["/nowhere"])));

    [Fact]
    public async Task It_opens_as_A4_with_a_title()
    {
        var info = await AskAsync("pdfinfo", [], Pdf(SampleDay.Whole()));
        info.ShouldContain("Report: Checkout on a slow day");
        info.ShouldContain("(A4)");
        Pages(info).ShouldBeInRange(3, 12);
    }

    [Fact]
    public async Task Its_text_can_be_read_and_searched()
    {
        var text = await TextAsync(Pdf(SampleDay.Whole()));
        foreach (var words in new[] { "Checkout on a slow day", "1 of 2 hypotheses did not hold", "Proof of revert", "no qdisc of ours", "310 ms", "Payments answers late", "Not held", "Safety log", "Applied policy", "Timeline", "1 of " })
            text.ShouldContain(words);
    }

    [Fact]
    public async Task Text_with_tags_and_odd_characters_stays_text()
    {
        var pdf = Pdf(SampleDay.Whole(SampleDay.Script + " \u001b[31m \0 \ud83d 🦊 日本 žluťoučký ἀγορά \u202e right to left (((\\\\)))", "(title) >> /JS \\"));
        foreach (var active in new[] { "/JavaScript", "/JS", "/URI", "/OpenAction", "/Launch" }) Encoding.Latin1.GetString(pdf).ShouldNotContain(active);
        var text = await TextAsync(pdf);
        text.ShouldContain("<script>alert('x')</script>");
        text.ShouldContain("(title) >> /JS \\");
    }

    [Fact]
    public async Task A_note_as_long_as_notes_may_be_runs_over_pages() =>
        Pages(await AskAsync("pdfinfo", [], Pdf(SampleDay.Whole(string.Concat(Enumerable.Repeat("word ", 700)) + new string('x', 400))))).ShouldBeGreaterThan(4);

    [Fact]
    public async Task Without_fonts_it_is_drawn_in_the_faces_that_readers_bring_along()
    {
        var text = await TextAsync(WithoutFonts(SampleDay.Whole(SampleDay.Script + " (unbalanced \\")));
        text.ShouldContain("no qdisc of ours on eth0");
        text.ShouldContain("(unbalanced \\");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Its_table_points_at_every_object(bool fonts)
    {
        var text = Encoding.Latin1.GetString(fonts ? Pdf(SampleDay.Whole()) : WithoutFonts(SampleDay.Whole()));
        var table = int.Parse(text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0], CultureInfo.InvariantCulture);
        var places = Place().Matches(text[table..]).Select(m => int.Parse(m.Groups["at"].Value, CultureInfo.InvariantCulture)).ToList();
        places.Count.ShouldBeGreaterThan(10);
        for (var i = 0; i < places.Count; i++) text[places[i]..].ShouldStartWith($"{i + 1} 0 obj\n");
    }

    [Fact]
    public async Task The_same_record_makes_the_same_file() => (await TextAsync(Pdf(SampleDay.Whole()))).ShouldBe(await TextAsync(Pdf(SampleDay.Whole())));

    [Theory]
    [InlineData("one two three", "one two|three")]
    [InlineData("abcdefghijkl", "abcdefgh|ijkl")]
    [InlineData("a\nb", "a|b")]
    [InlineData("", "")]
    public void Lines_break_at_blanks_and_inside_long_words(string text, string lines) =>
        string.Join('|', PdfWrap.Lines(text, 8, piece => piece.Length)).ShouldBe(lines);

    private static int Pages(string info) => int.Parse(info.Split("Pages:")[1].Split('\n')[0], CultureInfo.InvariantCulture);

    private static async Task<string> TextAsync(byte[] pdf) => (await AskAsync("pdftotext", ["-layout"], pdf)).Replace('\u00a0', ' ');

    /// <summary>An independent reader judges; without it the test says that it was skipped.</summary>
    private static async Task<string> AskAsync(string tool, string[] options, byte[] pdf)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{tool}"), $"{tool} is not installed (poppler-utils)");
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, pdf);
        using var process = Process.Start(new ProcessStartInfo($"/usr/bin/{tool}", [.. options, path, .. tool == "pdftotext" ? new[] { "-" } : []]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var problems = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        (await problems).ShouldBeEmpty();
        await process.WaitForExitAsync();
        File.Delete(path);
        return text;
    }

    [GeneratedRegex(@"(?<at>\d{10}) 00000 n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}

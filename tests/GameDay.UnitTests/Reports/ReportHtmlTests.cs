using System.Text;
using System.Xml;
using System.Xml.Linq;
using GameDay.Web.Reports;
using GameDay.Web.Reports.Composition;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Reports;

public sealed class ReportHtmlTests
{
    private static string Html(SampleDay day) => Encoding.UTF8.GetString(ReportFiles.Write(ReportComposer.Compose(day.Sources()), ReportFormat.Html).Bytes);

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [Fact]
    public void It_is_well_formed_one_file_and_loads_nothing()
    {
        var page = Parse(Html(SampleDay.Whole()));
        page.Descendants("script").ShouldBeEmpty();
        page.Descendants("link").ShouldBeEmpty();
        page.Descendants("img").ShouldBeEmpty();
        page.Descendants().Attributes("style").ShouldBeEmpty();
        page.Descendants().Attributes("src").ShouldBeEmpty();
        page.Descendants().Attributes().ShouldAllBe(a => !a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        page.Descendants("style").Single().Value.ShouldNotContain("url(");
    }

    [Fact]
    public void Text_with_tags_stays_text_everywhere()
    {
        var page = Parse(Html(SampleDay.Whole(SampleDay.Script, SampleDay.Script[..100], SampleDay.Script)));
        page.Descendants().Count(e => e.Name.LocalName is "script" or "img").ShouldBe(0);
        page.Descendants("a").Attributes("href").Select(a => a.Value).ShouldBe(["https://tracker.example/issues/412"]);
        page.Root!.Value.ShouldContain("<script>alert('x')</script> & \"quotes\"");
    }

    [Fact]
    public void The_first_page_says_the_news_and_the_rest_proves_it()
    {
        var text = Parse(Html(SampleDay.Whole())).Root!.Value;
        foreach (var words in new[]
        {
            "Know whether checkout keeps selling", "1 of 2 hypotheses did not hold: The storefront cannot reach the catalogue.", "4\u00a0/\u00a04", "reverts proved", "What we ask", "redmine #412",
            "no qdisc of ours on eth0; connect to payments took 0.5 ms", "310\u00a0ms", "NetworkPolicy gameday-1a2b3c4d is gone", "As expected", "Differs", "not recorded",
            "Approval", "Ben Okafor", "Fine, off-peak.", "Applied policy", "Steady before a fault", "readable in the app", "Dashboards stayed green",
        }) text.ShouldContain(words);
    }

    [Fact]
    public void Charts_are_drawn_with_tolerance_fault_and_what_was_outside()
    {
        var page = Parse(Html(SampleDay.Whole()));
        var charts = page.Descendants("figure").ToList();
        charts.Count.ShouldBe(3);
        charts.ShouldAllBe(c => c.Descendants().Any(e => (string?)e.Attribute("class") == "band") && c.Descendants().Any(e => (string?)e.Attribute("class") == "fault"));
        charts[2].Descendants("polyline").Count(l => (string?)l.Attribute("class") == "out").ShouldBe(1);
        charts[0].Descendants("polyline").Count(l => (string?)l.Attribute("class") == "out").ShouldBe(0);
    }

    [Fact]
    public void A_leak_is_the_first_thing_it_says()
    {
        var day = new SampleDay();
        day.Leaked();
        var text = Parse(Html(day)).Root!.Value;
        text.ShouldContain("1\u00a0fault is not proved gone: treat what you see as real.");
        text.IndexOf("Not proved gone", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("Verdicts", StringComparison.Ordinal));
        text.ShouldContain("kubectl -n shop delete pod checkout-7d9f-2kq4m");
    }

    [Fact]
    public void Characters_that_no_page_may_hold_are_replaced()
    {
        var day = SampleDay.Whole("bell \a, escape \u001b[31m, nothing \0, half \ud83d, end \uffff");
        Parse(Html(day)).Root!.Value.ShouldContain("bell \ufffd, escape \ufffd[31m, nothing \ufffd, half \ufffd, end \ufffd");
    }
}

using GameDay.Web.Features.Runbooks;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Runbooks;

public sealed class SafeMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](javascript:alert(1))")]
    public void Nothing_in_a_page_can_act(string markdown)
    {
        var html = SafeMarkdown.ToHtml(markdown, "operate");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<img src=x");
        html.ShouldNotContain("href=\"javascript", Case.Insensitive);
        html.ShouldNotContain("href=\"data", Case.Insensitive);
        html.ShouldNotContain("src=\"javascript", Case.Insensitive);
    }

    [Theory]
    [InlineData("[x](leaked-fault.md)", "/runbooks/operate/leaked-fault.md")]
    [InlineData("[x](../faults/pod-kill.md)", "/runbooks/faults/pod-kill.md")]
    [InlineData("[x](../../../etc/passwd)", "#")]
    [InlineData("[x](https://kubernetes.io/)", "https://kubernetes.io/")]
    [InlineData("[x](//evil.example/)", "#")]
    public void Links_stay_here_or_are_plain_web_addresses(string markdown, string expected) =>
        SafeMarkdown.ToHtml(markdown, "operate").ShouldContain($"href=\"{expected}\"");
}

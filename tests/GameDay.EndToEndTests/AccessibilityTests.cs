using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;

namespace GameDay.EndToEndTests;

/// <summary>axe on every page in both themes; a page that does not exist yet fails here by name.</summary>
public sealed class AccessibilityTests(Product product, Chromium chromium)
{
    private static readonly string[] Pages = ["/", "/exercises", "/exercises/new", "/scenarios", "/board", "/reports", "/findings", "/faults", "/runbooks", "/clusters", "/settings"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_is_clean(ColorScheme scheme)
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await marta.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var exercise = await marta.PlanAsync("Chaos Monkey in the cart");
        foreach (var page in Pages.Concat([exercise, $"{exercise}/edit", $"{exercise}/board", $"{exercise}/findings", $"{exercise}/report"]))
        {
            await marta.OpenAsync(page);
            await Axe.ShouldBeCleanAsync(marta.Page, $"{page} ({scheme})");
        }
        await marta.Page.GotoAsync("/halt");
        await Axe.ShouldBeCleanAsync(marta.Page, $"/halt ({scheme})");
        marta.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task The_sign_in_page_is_clean()
    {
        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(product.Url, "/sign-in").ToString());
        await Axe.ShouldBeCleanAsync(page, "/sign-in");
        await page.CloseAsync();
    }
}

using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace GameDay.EndToEndTests;

public sealed class TrackerTests(Product product, Chromium chromium)
{
    [Fact]
    public async Task A_finding_is_filed_once_even_if_the_answer_is_lost_and_links_back()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        var exercise = await marta.PlanAsync("Chaos Monkey in the cart");
        await marta.OpenAsync($"{exercise}/board");
        await marta.Page.Locator("#note").FillAsync("Carts are empty for a second");
        await marta.Page.Locator("#note").PressAsync("Enter");
        await Expect(marta.Timeline()).ToContainTextAsync("Carts are empty for a second");
        await marta.OpenAsync($"{exercise}/findings");
        await marta.Page.GetByLabel("Carts are empty for a second").CheckAsync();
        await marta.Page.GetByLabel("What is weak or strong").FillAsync("Carts vanish when their pod does");
        await marta.Page.GetByRole(AriaRole.Button, new() { Name = "Make finding" }).ClickAsync();
        await Expect(marta.Page.GetByText("Rank it first")).ToBeVisibleAsync();
        await marta.Page.GetByLabel("Severity").SelectOptionAsync("CustomerImpact");
        await marta.Page.GetByLabel("Likelihood").SelectOptionAsync("PlausibleThisYear");
        await marta.Page.GetByRole(AriaRole.Button, new() { Name = "Save rank" }).ClickAsync();

        product.Tracker.LoseNextAnswer();
        await marta.Page.GetByRole(AriaRole.Button, new() { Name = "File into tracker" }).ClickAsync();
        var link = marta.Page.GetByRole(AriaRole.Link, new() { Name = "#1" });
        await Expect(link).ToHaveAttributeAsync("href", "https://github.example/shop/app/issues/1", new() { Timeout = 90_000 });
        var issue = product.Tracker.Issues.ShouldHaveSingleItem();
        issue.Title.ShouldContain("Carts vanish");
        issue.Body.ShouldContain("gameday-finding-");
        issue.Body.ShouldContain(new Uri(product.Url, exercise).ToString());
    }
}

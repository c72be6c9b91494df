using System.Text.Json;
using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace GameDay.EndToEndTests;

/// <summary>A GameDay from the first click to the downloaded report, with two people looking on.</summary>
public sealed class MainJobTests(Product product, Chromium chromium)
{
    [Fact]
    public async Task A_gameday_is_planned_approved_run_observed_aborted_and_reported_in_the_browser()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await using var grace = await Visitor.SignInAsync(product, chromium, "grace");
        await using var hanna = await Visitor.SignInAsync(product, chromium, "hanna");

        var exercise = await marta.PlanAsync("Latency Monkey before payments");
        await Expect(marta.Page.Locator(".pods li").First).ToContainTextAsync("checkout-");
        await Axe.ShouldBeCleanAsync(marta.Page, "the plan");
        await marta.SubmitAsync();
        await Expect(marta.Page.GetByText("The author cannot approve their own plan")).ToBeVisibleAsync();
        await grace.ApproveAsync(exercise);
        await marta.GoAsync(exercise);

        await hanna.OpenAsync($"{exercise}/board");
        await Expect(hanna.Page.GetByRole(AriaRole.Button, new() { Name = "Start" })).ToHaveCountAsync(0);
        await marta.StartFirstAsync();
        await ObserveAsync(marta, hanna);
        await AbortAsync(marta, hanna);
        await marta.FinishAsync(exercise);

        await FindAsync(hanna, exercise);
        await ReportAsync(marta, exercise);
        marta.ShouldHaveNoComplaints();
        hanna.ShouldHaveNoComplaints();
    }

    /// <summary>Nobody reloads: chart, clock and timeline move in both browsers.</summary>
    private static async Task ObserveAsync(Visitor marta, Visitor hanna)
    {
        foreach (var visitor in new[] { marta, hanna })
        {
            await visitor.ShouldBeAsync("Observing");
            await Expect(visitor.Page.Locator(".chart .fault").First).ToBeAttachedAsync();
            await Expect(visitor.Page.Locator(".faults .chip.live").First).ToHaveTextAsync("Active");
        }
        await Axe.ShouldBeCleanAsync(marta.Page, "the run board with a live fault");
        var line = await hanna.Page.Locator(".chart .line").First.GetAttributeAsync("points");
        await Expect(hanna.Page.Locator(".chart .line").First).Not.ToHaveAttributeAsync("points", line!);
        await hanna.Page.Keyboard.PressAsync("n");
        await hanna.Page.Keyboard.PressAsync("1");
        await hanna.Page.Keyboard.TypeAsync("Checkout feels slow");
        await hanna.Page.Keyboard.PressAsync("Enter");
        await Expect(marta.Timeline()).ToContainTextAsync("Checkout feels slow");
        await Expect(marta.Page.Locator(".moments")).ToContainTextAsync("by Hanna Vogel");
        await Expect(hanna.Page.Locator("#note")).ToBeFocusedAsync();
    }

    /// <summary>An observer aborts with one key; both see the proof; the reason is asked afterwards.</summary>
    private static async Task AbortAsync(Visitor marta, Visitor hanna)
    {
        await hanna.Page.Keyboard.PressAsync("Escape");
        await hanna.Page.Keyboard.PressAsync("a");
        await hanna.Page.WaitForURLAsync("**/board?why=*");
        await hanna.ReadyAsync();
        await hanna.Page.GetByLabel("Why did you abort?").FillAsync("Enough seen");
        await hanna.Page.GetByRole(AriaRole.Button, new() { Name = "Save reason" }).ClickAsync();
        foreach (var visitor in new[] { marta, hanna })
        {
            await Expect(visitor.Page.Locator(".faults .chip.proved")).ToHaveCountAsync(3);
            await Expect(visitor.Page.Locator(".lanes .verdict")).ToHaveTextAsync("Aborted");
            await Expect(visitor.Timeline()).ToContainTextAsync("Enough seen");
        }
    }

    private static async Task FindAsync(Visitor hanna, string exercise)
    {
        await hanna.OpenAsync($"{exercise}/findings");
        await hanna.Page.GetByLabel("Checkout feels slow").CheckAsync();
        await hanna.Page.GetByLabel("What is weak or strong").FillAsync("Nobody was told that checkout is slow");
        await hanna.Page.GetByLabel("Severity").SelectOptionAsync("Degraded");
        await hanna.Page.GetByLabel("Likelihood").SelectOptionAsync("HasHappened");
        await hanna.Page.GetByRole(AriaRole.Button, new() { Name = "Make finding" }).ClickAsync();
        await Expect(hanna.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nobody was told that checkout is slow");
        await Axe.ShouldBeCleanAsync(hanna.Page, "a finding");
        await hanna.OpenAsync("/findings");
        await Expect(hanna.Page.Locator(".matrix .p1 .pin[title='Nobody was told that checkout is slow']")).ToBeVisibleAsync();
    }

    private static async Task ReportAsync(Visitor marta, string exercise)
    {
        await marta.OpenAsync($"{exercise}/report");
        await Expect(marta.Page.Locator(".verdicts .verdict")).ToHaveTextAsync("Aborted");
        await Expect(marta.Page.Locator(".proof .chip.proved")).ToHaveCountAsync(3);
        await Axe.ShouldBeCleanAsync(marta.Page, "the report");
        var json = JsonDocument.Parse(await File.ReadAllTextAsync(await marta.DownloadAsync("JSON"))).RootElement;
        json.GetProperty("runs")[0].GetProperty("verdict").GetString().ShouldBe("aborted", StringCompareShould.IgnoreCase);
        json.GetProperty("runs")[0].GetProperty("injections").GetArrayLength().ShouldBe(3);
        (await File.ReadAllTextAsync(await marta.DownloadAsync("HTML"))).ShouldContain("Checkout feels slow");
        (await File.ReadAllTextAsync(await marta.DownloadAsync("Markdown"))).ShouldContain("Nobody was told that checkout is slow");
        (await File.ReadAllBytesAsync(await marta.DownloadAsync("PDF")))[..4].ShouldBe("%PDF"u8.ToArray());
        await marta.Page.GetByRole(AriaRole.Button, new() { Name = "Publish report" }).ClickAsync();
        await Expect(marta.Page.Locator(".facts .chip").First).ToHaveTextAsync("Published");
    }
}

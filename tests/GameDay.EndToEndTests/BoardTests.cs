using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace GameDay.EndToEndTests;

/// <summary>What must hold on the run board when things are not as they should be.</summary>
public sealed class BoardTests(Product product, Chromium chromium)
{
    private const string Scenario = "Latency Monkey before payments";

    [Fact]
    public async Task Abort_works_without_script_and_the_reason_is_asked_afterwards()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await using var grace = await Visitor.SignInAsync(product, chromium, "grace");
        var exercise = await marta.LiveAsync(grace, Scenario);
        await marta.StartFirstAsync();
        await marta.ShouldBeAsync("Observing");

        await using var priya = await Visitor.SignInAsync(product, chromium, "priya", Visitor.WithoutScript);
        await priya.Page.GotoAsync($"{exercise}/board");
        await priya.Page.GetByRole(AriaRole.Button, new() { Name = "Abort run" }).ClickAsync();
        await priya.Page.GetByLabel("Why did you abort?").FillAsync("No script, no fear");
        await priya.Page.GetByRole(AriaRole.Button, new() { Name = "Save reason" }).ClickAsync();

        await Expect(marta.Page.Locator(".faults .chip.proved")).ToHaveCountAsync(3);
        await Expect(marta.Timeline()).ToContainTextAsync("No script, no fear");
        await marta.FinishAsync(exercise);
    }

    [Fact]
    public async Task An_observer_on_a_phone_has_abort_under_the_thumb_and_reads_without_scrolling_sideways()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await using var grace = await Visitor.SignInAsync(product, chromium, "grace");
        var exercise = await marta.LiveAsync(grace, Scenario);
        await marta.StartFirstAsync();
        await using var hanna = await Visitor.SignInAsync(product, chromium, "hanna", Visitor.Phone);
        await hanna.OpenAsync($"{exercise}/board");
        await hanna.ShouldBeAsync("Observing");

        var abort = hanna.Page.GetByRole(AriaRole.Button, new() { Name = "Abort run" });
        await Expect(abort).ToBeInViewportAsync();
        (await abort.BoundingBoxAsync())!.Y.ShouldBeGreaterThan(700);
        await Expect(hanna.Page.Locator("#note")).ToBeInViewportAsync();
        (await hanna.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await Axe.ShouldBeCleanAsync(hanna.Page, "the run board on a phone");

        await abort.ClickAsync();
        await Expect(marta.Page.Locator(".faults .chip.proved")).ToHaveCountAsync(3);
        await marta.FinishAsync(exercise);
    }

    [Fact]
    public async Task Notes_written_without_network_are_saved_in_order_and_once()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        var exercise = await marta.PlanAsync(Scenario);
        await marta.OpenAsync($"{exercise}/board");
        await marta.Context.SetOfflineAsync(true);
        foreach (var text in new[] { "offline one", "offline two", "offline three" })
        {
            await marta.Page.Locator("#note").FillAsync(text);
            await marta.Page.Locator("#note").PressAsync("Enter");
        }
        await Expect(marta.Page.Locator("[data-note-state]")).ToContainTextAsync("3 notes wait");
        await marta.Context.SetOfflineAsync(false);

        await marta.OpenAsync($"{exercise}/board");
        await Expect(marta.Timeline()).ToContainTextAsync("offline three");
        var saved = await marta.Page.Locator(".timeline li p:last-child").AllTextContentsAsync();
        saved.Where(t => t.StartsWith("offline", StringComparison.Ordinal)).ShouldBe(["offline three", "offline two", "offline one"]);
    }

    [Fact]
    public async Task A_note_that_is_too_long_stays_in_the_box_and_markup_stays_text()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        var exercise = await marta.PlanAsync(Scenario);
        await marta.OpenAsync($"{exercise}/board");
        var note = marta.Page.Locator("#note");
        var huge = string.Concat(Enumerable.Repeat("<script>document.title='taken'</script>", 2600));
        await note.FillAsync(huge);
        await note.PressAsync("Enter");
        await Expect(marta.Page.Locator("[data-note-problem]")).ToContainTextAsync("at most 4,000 characters");
        (await note.InputValueAsync()).Length.ShouldBe(huge.Length);

        await marta.OpenAsync($"{exercise}/board");
        await Expect(note).ToHaveValueAsync(huge);
        await note.FillAsync("<script>document.title='taken'</script><img src=x onerror=alert(1)>");
        await note.PressAsync("Enter");
        await Expect(marta.Timeline()).ToContainTextAsync("<img src=x onerror=alert(1)>");
        (await marta.Page.TitleAsync()).ShouldNotBe("taken");
    }

    [Fact]
    public async Task A_server_refuses_a_note_of_100_kB_and_gives_it_back_without_script()
    {
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        var exercise = await marta.PlanAsync(Scenario);
        await using var plain = await Visitor.SignInAsync(product, chromium, "hanna", Visitor.WithoutScript);
        await plain.Page.GotoAsync($"{exercise}/board");
        await plain.Page.Locator("#note").FillAsync(new string('x', 100_000));
        await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(plain.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at most 4,000 characters");
        (await plain.Page.GetByLabel("Your note").InputValueAsync()).Length.ShouldBe(100_000);
        await plain.Page.GetByLabel("Your note").FillAsync("shorter");
        await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(plain.Timeline()).ToContainTextAsync("shorter");
    }
}

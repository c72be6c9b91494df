using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace GameDay.EndToEndTests.Stage;

/// <summary>What people do before and on the day, as clicks: plan from a scenario, review, brief, go, start.</summary>
public static class Rehearsal
{
    /// <param name="lasting">How long the fault stays; long enough for people to look at it.</param>
    /// <returns>Address of the exercise, e.g. <c>/exercises/…</c>.</returns>
    public static async Task<string> PlanAsync(this Visitor author, string scenario, string lasting = "90s")
    {
        await author.OpenAsync("/scenarios");
        await author.Page.GetByRole(AriaRole.Link, new() { Name = $"Use it: {scenario}" }).ClickAsync();
        await author.ReadyAsync();
        await author.Page.GetByLabel("For how long").FillAsync(lasting);
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Save as draft" }).ClickAsync();
        await author.Page.WaitForURLAsync(url => Guid.TryParse(url[^36..], out _));
        // The address is the plan's before the page is.
        await Expect(author.Page.GetByRole(AriaRole.Heading, new() { Name = "Experiments, in this order" })).ToBeVisibleAsync();
        return new Uri(author.Page.Url).AbsolutePath;
    }

    public static async Task SubmitAsync(this Visitor author)
    {
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Submit for review" }).ClickAsync();
        await Expect(State(author)).ToHaveTextAsync("In review");
    }

    public static async Task ApproveAsync(this Visitor approver, string exercise)
    {
        await approver.OpenAsync(exercise);
        await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Approve this plan" }).ClickAsync();
        await Expect(State(approver)).ToHaveTextAsync("Approved");
    }

    /// <summary>Briefing, every guard asked, go.</summary>
    public static async Task GoAsync(this Visitor facilitator, string exercise)
    {
        await facilitator.OpenAsync(exercise);
        await facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Open the briefing" }).ClickAsync();
        await facilitator.GoWhenAllowedAsync();
        await facilitator.ReadyAsync();
    }

    /// <summary>What another test leaves behind (a fault being reverted, a system that is not steady yet) is against for a while: then ask again, as a person would.</summary>
    private static async Task GoWhenAllowedAsync(this Visitor facilitator)
    {
        var go = facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).And(facilitator.Page.Locator(".primary"));
        for (var tries = 1; ; tries++)
        {
            try
            {
                await go.ClickAsync(new() { Timeout = 10_000 });
                await facilitator.Page.WaitForURLAsync("**/board", new() { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException e)
            {
                if (tries == 8) throw new InvalidOperationException($"No go: {await facilitator.Page.Locator(".gate-rows").InnerTextAsync()}", e);
                await facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
            }
        }
    }

    /// <summary>All of it: a live exercise with nothing started yet, its board open.</summary>
    public static async Task<string> LiveAsync(this Visitor facilitator, Visitor approver, string scenario)
    {
        var exercise = await facilitator.PlanAsync(scenario);
        await facilitator.SubmitAsync();
        await approver.ApproveAsync(exercise);
        await facilitator.GoAsync(exercise);
        return exercise;
    }

    /// <summary>Starts the only experiment and waits until its fault is in place; a target that another test released a moment ago is waited for by the run itself.</summary>
    public static async Task StartFirstAsync(this Visitor facilitator)
    {
        await facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Start experiment 1" }).ClickAsync();
        await facilitator.Page.Locator(".lanes .at.live:has-text('Observing'), .lanes .verdict").First.WaitForAsync(new() { Timeout = 120_000 });
        var ended = await facilitator.Page.Locator(".lanes .verdict").CountAsync() > 0;
        ended.ShouldBeFalse(ended ? $"It ended without its fault: {await facilitator.Timeline().InnerTextAsync()}" : null);
    }

    public static ILocator StateWord(this Visitor visitor) => visitor.Page.Locator(".state-word");

    /// <summary>Waits for the board's state word; the timeline says why it never came.</summary>
    public static async Task ShouldBeAsync(this Visitor visitor, string word)
    {
        try
        {
            await Expect(visitor.StateWord()).ToHaveTextAsync(word);
        }
        catch (PlaywrightException e)
        {
            var entries = await visitor.Page.Locator(".timeline > li").AllInnerTextsAsync();
            throw new InvalidOperationException($"The board never said {word}. Newest first:\n{string.Join('\n', entries.Take(25).Select(t => t.ReplaceLineEndings(" ")))}", e);
        }
    }

    public static ILocator Timeline(this Visitor visitor) => visitor.Page.Locator(".timeline");

    /// <summary>No experiment is live, then winding down, then all clear as soon as the system was steady long enough.</summary>
    public static async Task FinishAsync(this Visitor facilitator, string exercise)
    {
        await facilitator.OpenAsync($"{exercise}/board");
        await facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Finish exercise" }).ClickAsync();
        var clear = facilitator.Page.GetByRole(AriaRole.Button, new() { Name = "Give the all clear" });
        await clear.WaitForAsync();
        for (var patience = 40; patience > 0 && !(await facilitator.StateWord().TextContentAsync() ?? "").Contains("Debriefing", StringComparison.Ordinal); patience--)
        {
            if (await clear.IsVisibleAsync()) await clear.ClickAsync();
            await facilitator.Page.WaitForTimeoutAsync(1000);
        }
        await Expect(facilitator.StateWord()).ToHaveTextAsync("Debriefing");
    }

    private static ILocator State(Visitor visitor) => visitor.Page.Locator(".facts .chip").First;
}

using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;

namespace GameDay.EndToEndTests;

public sealed class SignInTests(Product product, Chromium chromium)
{
    [Fact]
    public async Task Everybody_signs_in_with_one_click_and_sees_the_calendar()
    {
        foreach (var name in new[] { "marta", "grace", "hanna", "priya" })
        {
            await using var visitor = await Visitor.SignInAsync(product, chromium, name);
            await visitor.ReadyAsync();
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            visitor.ShouldHaveNoComplaints();
        }
    }
}

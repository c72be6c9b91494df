using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GameDay.EndToEndTests;

/// <summary>Takes the README's pictures from the running product: <c>eng/pictures.sh</c>. Not a test, so it only runs when asked for.</summary>
public sealed class Pictures(Product product, Chromium chromium)
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("GAMEDAY_PICTURES") is { Length: > 0 } named ? named : Path.Combine(Product.Root, "docs/images");

    [Fact(Explicit = true)]
    public async Task Take_all()
    {
        Directory.CreateDirectory(Folder);
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        await using var grace = await Visitor.SignInAsync(product, chromium, "grace");
        await using var hanna = await Visitor.SignInAsync(product, chromium, "hanna", new() { ViewportSize = Visitor.Phone.ViewportSize, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2 });

        var waiting = await marta.PlanAsync("Checkout cut off from payments", "60s");
        await marta.SubmitAsync();
        await grace.OpenAsync(waiting);
        await Expect(grace.Page.Locator("#go-h + .meta")).ToContainTextAsync("read ");
        await TakeAsync(grace, "plan");

        var exercise = await marta.LiveAsync(grace, "The storefront without its catalogue");
        await marta.StartFirstAsync();
        await Expect(marta.StateWord()).ToHaveTextAsync("Observing");
        await hanna.OpenAsync($"{exercise}/board");
        await NoteAsync(hanna, "1", "Support: two customers see an empty home page");
        await NoteAsync(hanna, "6", "The home page fails whole, checkout still works");
        await Expect(marta.Page.Locator(".probe .chip.attn").First).ToBeVisibleAsync();
        await LocalApi.UntilAsync("the chart has something to show", async () => await marta.Page.Locator(".chart .out").CountAsync() > 0);
        await marta.Page.EvaluateAsync("scrollTo(0, 0)");
        await TakeAsync(marta, "run-board");
        await hanna.Page.EvaluateAsync("scrollTo(0, 0)");
        await TakeAsync(hanna, "run-board-phone");
        await marta.Page.Keyboard.PressAsync("a");
        await marta.Page.WaitForURLAsync("**/board?why=*");
        await marta.ReadyAsync();
        await Expect(marta.Page.Locator(".lanes .verdict")).ToBeVisibleAsync();
        await marta.FinishAsync(exercise);

        await marta.OpenAsync($"{exercise}/findings");
        await marta.Page.GetByLabel("The home page fails whole").CheckAsync();
        await marta.Page.GetByLabel("What is weak or strong").FillAsync("The home page has no fallback without its catalogue");
        await marta.Page.GetByLabel("Severity").SelectOptionAsync("CustomerImpact");
        await marta.Page.GetByLabel("Likelihood").SelectOptionAsync("PlausibleThisYear");
        await marta.Page.GetByRole(AriaRole.Button, new() { Name = "Make finding" }).ClickAsync();
        await Expect(marta.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("no fallback");
        await ShowAsync(marta, "/findings", "findings");
        await ShowAsync(marta, $"{exercise}/report", "report");
        await marta.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ShowAsync(marta, $"{exercise}/board", "run-board-dark");
    }

    private static async Task NoteAsync(Visitor visitor, string kind, string text)
    {
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("n");
        await visitor.Page.Keyboard.PressAsync(kind);
        await visitor.Page.Keyboard.TypeAsync(text);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Timeline()).ToContainTextAsync(text);
    }

    private static async Task ShowAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(path);
        await TakeAsync(visitor, name);
    }

    private static Task TakeAsync(Visitor visitor, string name) => visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
}

using Microsoft.Playwright;
using Shouldly;

namespace GameDay.EndToEndTests.Stage;

/// <summary>Somebody in their own browser profile, signed in as a demo person. What the page's console complains about is kept.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page, Uri home)
    {
        Context = context;
        Page = page;
        Home = home;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) => { if (message.Type == "error" && !IsRefusal(message.Text)) _complaints.Add(message.Text); };
    }

    public IBrowserContext Context { get; }
    public IPage Page { get; }
    public Uri Home { get; }
    /// <summary>Errors of scripts, and what the content security policy refused.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visitor> SignInAsync(Product product, Chromium chromium, string userName, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions { ViewportSize = new() { Width = 1440, Height = 1000 } };
        options.BaseURL = product.Url.ToString();
        options.AcceptDownloads = true;
        var context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        var visitor = new Visitor(context, await context.NewPageAsync(), product.Url);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Locator($"button[name=userName][value={userName}]").ClickAsync();
        await visitor.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return visitor;
    }

    public static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true };

    public static readonly BrowserNewContextOptions WithoutScript = new() { ViewportSize = new() { Width = 1440, Height = 1000 }, JavaScriptEnabled = false };

    /// <summary>Opens a page and waits until its circuit is up.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await ReadyAsync();
    }

    public Task ReadyAsync() => Page.Locator("[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public async Task<string> DownloadAsync(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
        return await download.PathAsync();
    }

    /// <summary>The browser notes every 409 and 422; the page has shown what it said.</summary>
    private static bool IsRefusal(string text) => text.Contains("status of 409", StringComparison.Ordinal) || text.Contains("status of 422", StringComparison.Ordinal);

    public void ShouldHaveNoComplaints() => _complaints.ShouldBeEmpty();

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}

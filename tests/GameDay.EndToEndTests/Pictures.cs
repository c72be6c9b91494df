using GameDay.EndToEndTests.Stage;
using Microsoft.Playwright;

namespace GameDay.EndToEndTests;

/// <summary>Takes the README's pictures from the running product: <c>eng/pictures.sh</c>. Not a test, so it only runs when asked for.</summary>
public sealed class Pictures(Product product, Chromium chromium)
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("GAMEDAY_PICTURES") ?? Path.Combine(Product.Root, "docs/images");

    [Fact(Explicit = true)]
    public async Task Take_all()
    {
        Directory.CreateDirectory(Folder);
        using var api = new LocalApi(product);
        var done = await api.RunAsync(LocalApi.Shipped("storefront-without-catalogue", "10s"));
        await LocalApi.UntilAsync("the first exercise has ended", () => api.HasEndedAsync(done));
        var live = await api.RunAsync(LocalApi.Shipped("latency-monkey-payments", "90s"));
        await LocalApi.UntilAsync("the fault is observed", () => api.IsInRunStateAsync(live, "Observing"));

        var pages = new (string Name, string Path)[]
        {
            ("run-board", $"/exercises/{live}/board"), ("calendar", "/"), ("plan", $"/exercises/{live}"), ("report", $"/exercises/{done}/report"), ("findings", "/findings"),
            ("scenarios", "/scenarios"), ("faults", "/faults"), ("clusters", "/clusters"), ("settings", "/settings"), ("new", "/exercises/new"), ("exercises", "/exercises"), ("reports", "/reports"), ("runbooks", "/runbooks"),
        };
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var ending = scheme == ColorScheme.Dark ? "-dark" : "";
            await using var wide = await Visitor.SignInAsync(product, chromium, "marta", new() { ViewportSize = new() { Width = 1440, Height = 1000 }, ColorScheme = scheme });
            foreach (var (name, path) in pages) await TakeAsync(wide, path, name + ending);
            await using var phone = await Visitor.SignInAsync(product, chromium, "hanna", new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, ColorScheme = scheme });
            foreach (var (name, path) in pages.Take(4)) await TakeAsync(phone, path, $"{name}-phone{ending}");
        }
        await api.AbortAsync(live);
        await LocalApi.UntilAsync("the live exercise has ended", () => api.HasEndedAsync(live));
    }

    private static async Task TakeAsync(Visitor visitor, string path, string name)
    {
        await visitor.OpenAsync(path);
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), FullPage = !name.Contains("phone", StringComparison.Ordinal) });
    }
}

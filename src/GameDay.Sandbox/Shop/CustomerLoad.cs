namespace GameDay.Sandbox.Shop;

/// <summary>
/// The customers: a steady stream of requests that does not wait for slow answers, and what they experience as metrics.
/// </summary>
public sealed class CustomerLoad(ShopProcess process) : IShopService
{
    private const int MostInFlight = 200;
    private const int Regulars = 97;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] UrlsToOpen = [UrlOf(0), UrlOf(5), UrlOf(9)];
    private int _inFlight;

    public Task HandleAsync(HttpContext context) => context.Response.WriteAsync("customers are shopping\n");

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pace, process.Clock);
        await ShopOpensAsync(timer, stopping);
        await RegularsComeAsync(stopping);
        for (var n = 0; await timer.WaitForNextTickAsync(stopping); n++)
        {
            if (Volatile.Read(ref _inFlight) < MostInFlight)
            {
                _ = VisitAsync(PageOf(n), UrlOf(n), stopping);
            }
            else
            {
                Record(PageOf(n), "failed");
            }
        }
    }

    // Customers come when the shop is open: what fails while it starts is nobody's experience.
    private async Task ShopOpensAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        var open = 0;
        while (open < UrlsToOpen.Length && await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await process.CallAsync(HttpMethod.Get, UrlsToOpen[open], Patience, ct: stopping);
                open++;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
            {
                process.Log($"not open yet: {e.Message}");
            }
        }
    }

    // Each has a cart from the first minute on, so that carts can be counted, and missed.
    private async Task RegularsComeAsync(CancellationToken stopping)
    {
        for (var n = 0; n < Regulars && !stopping.IsCancellationRequested; n++)
        {
            await VisitAsync("checkout", CheckoutOf(n), stopping);
        }
    }

    private static string CheckoutOf(int n) => $"http://storefront/checkout?cart=c{n % Regulars}";

    private static string PageOf(int n) => (n % 10) switch { < 5 => "home", < 7 => "product", _ => "checkout" };

    private static string UrlOf(int n) => PageOf(n) switch
    {
        "home" => "http://storefront/",
        "product" => $"http://storefront/products/{(n % 8) + 1}",
        _ => CheckoutOf(n),
    };

    private async Task VisitAsync(string page, string url, CancellationToken stopping)
    {
        Interlocked.Increment(ref _inFlight);
        var started = process.Clock.GetTimestamp();
        try
        {
            var answer = await process.CallAsync(HttpMethod.Get, url, Patience, ct: stopping);
            Record(page, answer.Contains("payment pending", StringComparison.Ordinal) ? "pending" : "ok");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            if (!stopping.IsCancellationRequested)
            {
                Record(page, "failed");
                process.Log($"{page} failed: {e.Message}");
            }
        }
        finally
        {
            process.Metrics.Observe("shop_request_duration_seconds", $"page=\"{page}\"", process.Clock.GetElapsedTime(started));
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private void Record(string page, string outcome)
    {
        process.Metrics.Count("shop_requests_total", $"page=\"{page}\",outcome=\"{outcome}\"");
        if (page == "checkout")
        {
            process.Metrics.Count("shop_checkout_total", $"outcome=\"{outcome}\"");
        }
    }
}

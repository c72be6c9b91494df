namespace GameDay.Sandbox.Shop;

/// <summary>
/// Takes an order: the cart must answer (a second replica is tried once), the payment may come later. When payments is
/// slow or away the order stands as "payment pending", so the customer still gets through.
/// </summary>
public sealed class Checkout(ShopProcess process) : IShopService
{
    private static readonly TimeSpan CartTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PaymentTimeout = TimeSpan.FromSeconds(1.5);

    public async Task HandleAsync(HttpContext context)
    {
        var cart = Uri.EscapeDataString(context.Request.Query["cart"].FirstOrDefault() ?? "guest");
        var total = await process.CallAsync(HttpMethod.Post, $"http://cart/carts/{cart}/close", CartTimeout, retries: 1, body: "", context.RequestAborted);
        var paid = await TryPayAsync(total, context.RequestAborted);
        process.Metrics.Count("checkout_orders_total", paid ? "outcome=\"paid\"" : "outcome=\"pending\"");
        await context.Response.WriteAsync(paid ? "order paid" : "payment pending");
    }

    private async Task<bool> TryPayAsync(string total, CancellationToken ct)
    {
        try
        {
            await process.CallAsync(HttpMethod.Post, "http://payments/charges", PaymentTimeout, body: total, ct: ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
        {
            process.Log($"payment pending: {e.Message}");
            return false;
        }
    }
}

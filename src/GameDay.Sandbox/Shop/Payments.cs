namespace GameDay.Sandbox.Shop;

/// <summary>Accepts every charge.</summary>
public sealed class Payments(ShopProcess process) : IShopService
{
    public async Task HandleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var cents = await body.ReadToEndAsync(context.RequestAborted);
        process.Metrics.Count("payments_charges_total", "outcome=\"accepted\"");
        await context.Response.WriteAsync($"charged {cents}");
    }
}

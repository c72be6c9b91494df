using System.Globalization;

namespace GameDay.Sandbox.Shop;

/// <summary>Carts, kept in the store under <c>cart:ID</c> as a count of items.</summary>
public sealed class Cart(ShopProcess process) : IShopService
{
    private const int PriceOfAnItem = 1190;
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(1);

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.Split('/') is not ["", "carts", var id, ..])
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var key = $"http://store/keys/cart:{Uri.EscapeDataString(id)}";
        var items = await ItemsAsync(key, context.RequestAborted) + 1;
        await process.CallAsync(HttpMethod.Put, key, StoreTimeout, retries: 1, body: items.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
        await context.Response.WriteAsync((items * PriceOfAnItem).ToString(CultureInfo.InvariantCulture));
    }

    private async Task<int> ItemsAsync(string key, CancellationToken ct)
    {
        try
        {
            var text = await process.CallAsync(HttpMethod.Get, key, StoreTimeout, retries: 1, ct: ct);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var items) ? items % 10 : 0;
        }
        catch (HttpRequestException refused) when (refused.IsNotFound())
        {
            return 0; // a new cart
        }
    }
}

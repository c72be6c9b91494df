using System.Net;
using System.Text.Json;

namespace GameDay.Sandbox.Shop;

/// <summary>The pages. Without the catalogue there is nothing to show: it has no fallback, on purpose.</summary>
public sealed class Storefront(ShopProcess process) : IShopService
{
    private static readonly TimeSpan CatalogueTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckoutTimeout = TimeSpan.FromSeconds(5);

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/" => HomeAsync(context),
        "/checkout" => CheckoutAsync(context),
        { } path when path.StartsWith("/products/", StringComparison.Ordinal) => ProductAsync(context, path),
        _ => MissingAsync(context),
    };

    private async Task HomeAsync(HttpContext context)
    {
        var products = await process.CallAsync(HttpMethod.Get, "http://catalogue/products", CatalogueTimeout, ct: context.RequestAborted);
        var rows = JsonSerializer.Deserialize<Product[]>(products, JsonSerializerOptions.Web)!
            .Select(p => $"<li><a href=\"/products/{p.Id}\">{WebUtility.HtmlEncode(p.Name)}</a> {p.Cents / 100m:0.00}</li>");
        await PageAsync(context, "The shop", $"<ul>{string.Concat(rows)}</ul><p><a href=\"/checkout\">Check out</a></p>");
    }

    private async Task ProductAsync(HttpContext context, string path)
    {
        try
        {
            var product = await process.CallAsync(HttpMethod.Get, "http://catalogue" + path, CatalogueTimeout, ct: context.RequestAborted);
            var found = JsonSerializer.Deserialize<Product>(product, JsonSerializerOptions.Web)!;
            await PageAsync(context, found.Name, $"<p>{found.Cents / 100m:0.00}</p>");
        }
        catch (HttpRequestException refused) when (refused.IsNotFound())
        {
            await MissingAsync(context);
        }
    }

    private async Task CheckoutAsync(HttpContext context)
    {
        var cart = context.Request.Query["cart"].FirstOrDefault() ?? "guest";
        var order = await process.CallAsync(
            HttpMethod.Post, "http://checkout/orders?cart=" + Uri.EscapeDataString(cart), CheckoutTimeout, retries: 1, body: "", context.RequestAborted);
        await PageAsync(context, "Your order", $"<p id=\"outcome\">{WebUtility.HtmlEncode(order)}</p>");
    }

    private static Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return PageAsync(context, "Not found", "<p>There is no such page. <a href=\"/\">To the shop</a></p>");
    }

    private static Task PageAsync(HttpContext context, string title, string body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!doctype html><html lang=\"en\"><title>{WebUtility.HtmlEncode(title)}</title><h1>{WebUtility.HtmlEncode(title)}</h1>{body}</html>\n");
    }
}

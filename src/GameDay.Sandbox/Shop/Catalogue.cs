using System.Globalization;

namespace GameDay.Sandbox.Shop;

/// <summary>What the shop sells.</summary>
public sealed record Product(int Id, string Name, int Cents);

/// <summary>The list of products, from memory.</summary>
public sealed class Catalogue : IShopService
{
    private static readonly Product[] Products =
    [
        new(1, "Kettle", 3490), new(2, "Teapot", 2450), new(3, "Mug", 890), new(4, "Tea strainer", 520),
        new(5, "Assam, 250 g", 1190), new(6, "Darjeeling, 250 g", 1590), new(7, "Sencha, 100 g", 1250), new(8, "Honey", 690),
    ];

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/products")
        {
            return context.Response.WriteAsJsonAsync(Products);
        }

        var id = int.TryParse(path.AsSpan(path.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (Array.Find(Products, p => p.Id == id) is { } product)
        {
            return context.Response.WriteAsJsonAsync(product);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

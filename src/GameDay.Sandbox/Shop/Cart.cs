using System.Globalization;
using GameDay.Sandbox.Shop.Keys;

namespace GameDay.Sandbox.Shop;

/// <summary>
/// Carts, kept in the store under <c>cart:ID</c> as a count of items. <c>GET /carts</c> says how many carts there are,
/// <c>?on=replica</c> how many the replica has.
/// </summary>
public sealed class Cart(ShopProcess process) : IShopService
{
    private const int PriceOfAnItem = 1190;
    private const int MostItems = 10;
    private readonly StoreClient _store = new(process, "store");
    private readonly StoreClient _replica = new(process, "store-replica");

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value!.Split('/') switch
    {
        ["", "carts"] => CountAsync(context),
        ["", "carts", var id, ..] => AddAsync(context, id),
        _ => MissingAsync(context),
    };

    private async Task CountAsync(HttpContext context)
    {
        var store = context.Request.Query["on"] == "replica" ? _replica : _store;
        await context.Response.WriteAsync(await store.AskAsync(context.RequestAborted, "DBSIZE") ?? "0");
    }

    private async Task AddAsync(HttpContext context, string id)
    {
        var answer = await _store.AskAsync(context.RequestAborted, "INCR", "cart:" + id);
        var items = ((long.Parse(answer!, CultureInfo.InvariantCulture) - 1) % MostItems) + 1;
        await context.Response.WriteAsync((items * PriceOfAnItem).ToString(CultureInfo.InvariantCulture));
    }

    private static Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

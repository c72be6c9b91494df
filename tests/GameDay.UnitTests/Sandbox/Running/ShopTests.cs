using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class ShopTests : IAsyncDisposable
{
    private readonly Stage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_customer_sees_the_home_page_and_checks_out()
    {
        await _stage.OpenShopAsync("storefront", "checkout", "cart", "payments", "catalogue", "store");

        (await VisitAsync("/")).Output.ShouldContain("Kettle");
        (await VisitAsync("/products/2")).Output.ShouldContain("Teapot");
        (await VisitAsync("/checkout?cart=a")).Output.ShouldContain("order paid");
    }

    [Fact]
    public async Task Without_payments_the_order_stands_and_the_payment_is_pending()
    {
        await _stage.OpenShopAsync("storefront", "checkout", "cart", "store");

        (await VisitAsync("/checkout?cart=a")).Output.ShouldContain("payment pending");
    }

    [Fact]
    public async Task Without_the_catalogue_the_home_page_fails()
    {
        await _stage.OpenShopAsync("storefront");

        var (code, output) = await VisitAsync("/");
        code.ShouldBe(1);
        output.ShouldContain("503");
    }

    [Fact]
    public async Task A_checkout_survives_the_loss_of_a_cart_pod()
    {
        await _stage.OpenShopAsync("storefront", "checkout", "cart", "payments", "store");
        for (var i = 0; i < 6; i++)
        {
            (await VisitAsync("/checkout?cart=a")).Code.ShouldBe(0);
        }

        _stage.Store.Delete(ResourceTypes.Pods, "shop", "cart-1", DeleteOptions.Now);
        for (var i = 0; i < 6; i++)
        {
            (await VisitAsync("/checkout?cart=a")).Output.ShouldContain("order paid");
        }
    }

    [Fact]
    public async Task The_customers_count_what_they_experience()
    {
        await _stage.OpenShopAsync("storefront", "checkout", "cart", "payments", "catalogue", "store", "load");

        await Until.HoldsAsync(() => Seen().Contains("shop_checkout_total{outcome=\"ok\"}", StringComparison.Ordinal), "somebody has checked out");
        await Until.HoldsAsync(() => Seen().Contains("shop_request_duration_seconds_bucket{page=\"home\"", StringComparison.Ordinal), "somebody has looked around");
        Seen().ShouldNotContain("failed");
    }

    private string Seen() => _stage.ExecAsync("load-0", "", "wget", "-qO-", "http://load/metrics").GetAwaiter().GetResult().Output;

    /// <summary>One visit that reached a storefront; on a busy machine its readiness may be away for a moment, which is not what is tested.</summary>
    private async Task<(int Code, string Output)> VisitAsync(string path)
    {
        (int Code, string Output) seen = default;
        await Until.HoldsAsync(async () =>
        {
            seen = await _stage.ExecAsync("storefront-0", "", "wget", "-qO-", "-T", "10", "http://storefront" + path);
            return !seen.Output.Contains("Connection refused (storefront:80)", StringComparison.Ordinal);
        }, "a storefront takes the visit");
        return seen;
    }
}

using System.Text.RegularExpressions;
using GameDay.Sandbox.Shop.Keys;

namespace GameDay.Sandbox.Shop;

/// <summary>The images the kubelet can really run: <c>gameday/shop-SERVICE:TAG</c>.</summary>
public static partial class ShopImages
{
    private static readonly Dictionary<string, Func<ShopProcess, IShopService>> Services = new(StringComparer.Ordinal)
    {
        ["storefront"] = process => new Storefront(process),
        ["catalogue"] = _ => new Catalogue(),
        ["checkout"] = process => new Checkout(process),
        ["cart"] = process => new Cart(process),
        ["payments"] = process => new Payments(process),
        ["store"] = process => new KeyStore(process),
        ["load"] = process => new CustomerLoad(process),
    };

    /// <summary>How to start the program of an image; null for images that only exist by name.</summary>
    public static Func<ShopProcess, IShopService>? Find(string image) =>
        Pattern().Match(image) is { Success: true } match ? Services.GetValueOrDefault(match.Groups["service"].Value) : null;

    [GeneratedRegex("^(docker\\.io/)?gameday/shop-(?<service>[a-z]+)(:.*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

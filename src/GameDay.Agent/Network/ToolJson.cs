using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GameDay.Agent.Network;

/// <summary>One row of <c>tc -j qdisc show</c>; without <c>dev DEV</c> each row names its device. Counters come with <c>-s</c> only.</summary>
public sealed record QdiscRow(string Kind, string Handle, string? Dev, bool Root, string? Parent, long Packets, long Drops, long Overlimits)
{
    /// <summary>The kernel's own choice for a device carries handle zero; anything else somebody put there.</summary>
    public bool PutBySomebody => Root && Handle != "0:";
}

/// <summary>One row of <c>ip -j route get</c>.</summary>
public sealed record RouteRow(string? Dev);

/// <summary>One row of <c>ip -j route show default</c>; several ways out are next hops.</summary>
public sealed record DefaultRoute(string? Dev, string? Gateway, RouteVia? Via, IReadOnlyList<DefaultRoute>? Nexthops)
{
    /// <summary>The device it leaves by; null when several do.</summary>
    [JsonIgnore]
    public string? Device => Dev ?? Nexthops?.FirstOrDefault()?.Device;

    /// <summary>Every gateway it names.</summary>
    [JsonIgnore]
    public IEnumerable<IPAddress> Gateways =>
        new[] { Gateway, Via?.Host }.Select(text => IPAddress.TryParse(text, out var ip) ? ip : null).OfType<IPAddress>()
            .Concat(Nexthops?.SelectMany(hop => hop.Gateways) ?? []);
}

/// <summary>A gateway of the other address family.</summary>
public sealed record RouteVia(string? Host);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<QdiscRow>))]
[JsonSerializable(typeof(List<RouteRow>))]
[JsonSerializable(typeof(List<DefaultRoute>))]
internal sealed partial class ToolJson : JsonSerializerContext;

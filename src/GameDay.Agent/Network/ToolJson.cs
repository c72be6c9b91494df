using System.Text.Json;
using System.Text.Json.Serialization;

namespace GameDay.Agent.Network;

/// <summary>One row of <c>tc -j qdisc show</c>; without <c>dev DEV</c> each row names its device.</summary>
public sealed record QdiscRow(string Kind, string Handle, string? Dev, bool Root)
{
    /// <summary>The kernel's own choice for a device carries handle zero; anything else somebody put there.</summary>
    public bool PutBySomebody => Root && Handle != "0:";
}

/// <summary>One row of <c>ip -j route get</c>.</summary>
public sealed record RouteRow(string? Dev);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<QdiscRow>))]
[JsonSerializable(typeof(List<RouteRow>))]
internal sealed partial class ToolJson : JsonSerializerContext;

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Discovery;

/// <summary>What kubectl asks first: which groups, versions and resources there are.</summary>
internal static class DiscoveryDocuments
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly HashSet<ResourceType> WithoutStatus =
    [
        ResourceTypes.ConfigMaps, ResourceTypes.Secrets, ResourceTypes.ServiceAccounts, ResourceTypes.Endpoints, ResourceTypes.EndpointSlices,
        ResourceTypes.Events, ResourceTypes.Leases,
        ResourceTypes.Roles, ResourceTypes.RoleBindings, ResourceTypes.ClusterRoles, ResourceTypes.ClusterRoleBindings,
    ];

    public static JsonObject Core(string host) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = host }),
    };

    public static JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. ServedVersion.All.Where(v => v.Group.Length > 0).Select(Group)]),
    };

    public static JsonObject? Group(string name)
    {
        if (ServedVersion.All.FirstOrDefault(v => v.Group == name && name.Length > 0) is not { } served)
        {
            return null;
        }

        var group = Group(served);
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    public static JsonObject Resources(ServedVersion served) => new()
    {
        ["kind"] = "APIResourceList",
        ["apiVersion"] = "v1",
        ["groupVersion"] = served.GroupVersion,
        ["resources"] = new JsonArray([.. served.Types.SelectMany(Entries), .. served.Answered.Select(Answered)]),
    };

    public static bool HasStatus(ResourceType type) => !WithoutStatus.Contains(type);

    private static JsonObject Group(ServedVersion served)
    {
        JsonObject Version() => new() { ["groupVersion"] = served.GroupVersion, ["version"] = served.Version };
        return new JsonObject { ["name"] = served.Group, ["versions"] = new JsonArray(Version()), ["preferredVersion"] = Version() };
    }

    private static IEnumerable<JsonNode> Entries(ResourceType type)
    {
        yield return new JsonObject
        {
            ["name"] = type.Plural,
            ["singularName"] = type.Singular,
            ["namespaced"] = type.Namespaced,
            ["kind"] = type.Kind,
            ["verbs"] = Names(Verbs),
            ["shortNames"] = Names(type.ShortNames),
            ["categories"] = Names(type.Categories),
        };
        if (HasStatus(type))
        {
            yield return Below(type, new Subresource("status", type.Group, type.Version, type.Kind, "get", "patch", "update"));
        }

        foreach (var subresource in type.Subresources)
        {
            yield return Below(type, subresource);
        }
    }

    private static JsonObject Below(ResourceType type, Subresource subresource)
    {
        var entry = new JsonObject
        {
            ["name"] = $"{type.Plural}/{subresource.Name}",
            ["singularName"] = "",
            ["namespaced"] = type.Namespaced,
            ["kind"] = subresource.Kind,
            ["verbs"] = Names(subresource.Verbs),
        };
        if (subresource.Group != type.Group)
        {
            entry["group"] = subresource.Group;
            entry["version"] = subresource.Version;
        }

        return entry;
    }

    private static JsonNode Answered(AnsweredType type) => new JsonObject
    {
        ["name"] = type.Plural,
        ["singularName"] = type.Verbs is ["create"] ? type.Kind.ToLowerInvariant() : "",
        ["namespaced"] = type.Namespaced,
        ["kind"] = type.Kind,
        ["verbs"] = Names(type.Verbs),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}

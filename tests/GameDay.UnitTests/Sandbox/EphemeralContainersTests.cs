using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Rules;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class EphemeralContainersTests
{
    [Fact]
    public void Empty_resources_as_kubectl_debug_sends_them_are_accepted() =>
        Should.NotThrow(() => EphemeralContainers.Check(Pod(), Pod(resources: new JsonObject())));

    [Fact]
    public void Resources_with_a_limit_are_forbidden()
    {
        var limits = new JsonObject { ["limits"] = new JsonObject { ["memory"] = "64Mi" } };

        var refused = Should.Throw<ApiException>(() => EphemeralContainers.Check(Pod(), Pod(resources: limits)));

        refused.Message.ShouldContain("cannot be set for an Ephemeral Container");
    }

    private static JsonObject Pod(JsonObject? resources = null)
    {
        var spec = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = "shop/checkout:1.4" }) };
        if (resources is not null)
            spec["ephemeralContainers"] = new JsonArray(new JsonObject { ["name"] = "debugger", ["image"] = "gameday/agent:0.1", ["resources"] = resources });
        return new JsonObject { ["metadata"] = new JsonObject { ["name"] = "checkout", ["namespace"] = "shop" }, ["spec"] = spec };
    }
}

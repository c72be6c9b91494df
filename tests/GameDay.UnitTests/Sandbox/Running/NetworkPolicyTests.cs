using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class NetworkPolicyTests
{
    private const string Payments = """{"podSelector":{"matchLabels":{"app":"payments"}},""";
    private readonly Topology _topology = new();

    public NetworkPolicyTests()
    {
        AddNamespace("shop", "team", "shop");
        AddNamespace("ops", "team", "ops");
        AddPod("shop", "checkout", "127.99.1.2");
        AddPod("shop", "payments", "127.99.1.3");
        AddPod("ops", "prober", "127.99.1.4");
    }

    [Theory]
    [InlineData("no policy", """{"podSelector":{"matchLabels":{"app":"cart"}}}""", true)]
    [InlineData("selected, nothing allowed", Payments + """ "policyTypes":["Ingress"]}""", false)]
    [InlineData("types left out mean ingress", Payments + """ "ingress":[]}""", false)]
    [InlineData("egress of the target is not asked", Payments + """ "policyTypes":["Egress"]}""", true)]
    [InlineData("egress of the source is", """{"podSelector":{"matchLabels":{"app":"checkout"}},"policyTypes":["Egress"]}""", false)]
    [InlineData("egress to the peer allowed", """{"podSelector":{},"policyTypes":["Egress"],"egress":[{"to":[{"podSelector":{"matchLabels":{"app":"payments"}}}]}]}""", true)]
    [InlineData("an empty rule allows all", Payments + """ "ingress":[{}]}""", true)]
    [InlineData("everybody but the peer", Payments + """ "ingress":[{"from":[{"podSelector":{"matchExpressions":[{"key":"app","operator":"NotIn","values":["checkout"]}]}}]}]}""", false)]
    [InlineData("the peer's namespace", Payments + """ "ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"team":"shop"}}}]}]}""", true)]
    [InlineData("another namespace", Payments + """ "ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"team":"ops"}}}]}]}""", false)]
    [InlineData("namespace and pod together", Payments + """ "ingress":[{"from":[{"namespaceSelector":{},"podSelector":{"matchLabels":{"app":"prober"}}}]}]}""", false)]
    [InlineData("an address block", Payments + """ "ingress":[{"from":[{"ipBlock":{"cidr":"127.99.0.0/16"}}]}]}""", true)]
    [InlineData("an address block except the peer", Payments + """ "ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["127.99.1.2/32"]}}]}]}""", false)]
    [InlineData("the port", Payments + """ "ingress":[{"ports":[{"port":8080}]}]}""", true)]
    [InlineData("another port", Payments + """ "ingress":[{"ports":[{"port":9090}]}]}""", false)]
    [InlineData("a range of ports", Payments + """ "ingress":[{"ports":[{"port":8000,"endPort":8100}]}]}""", true)]
    [InlineData("a named port", Payments + """ "ingress":[{"ports":[{"port":"http"}]}]}""", true)]
    [InlineData("another protocol", Payments + """ "ingress":[{"ports":[{"protocol":"UDP","port":8080}]}]}""", false)]
    public void A_policy_decides_whether_checkout_reaches_payments(string about, string spec, bool allowed)
    {
        AddPolicy("p", spec);

        Reaches("127.99.1.2").ShouldBe(allowed, about);
    }

    [Fact]
    public void Policies_are_a_union_of_allows()
    {
        AddPolicy("deny-all", Payments + """ "policyTypes":["Ingress"]}""");
        AddPolicy("allow-checkout", Payments + """ "ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"checkout"}}}]}]}""");

        Reaches("127.99.1.2").ShouldBeTrue();
        Reaches("127.99.1.4").ShouldBeFalse();
    }

    [Fact]
    public void Traffic_from_the_host_always_passes()
    {
        AddPolicy("deny-all", Payments + """ "policyTypes":["Ingress"]}""");

        Reaches("127.0.0.1").ShouldBeTrue();
    }

    [Fact]
    public void A_namespace_can_be_marked_as_not_enforced()
    {
        AddPolicy("deny-all", Payments + """ "policyTypes":["Ingress"]}""");
        var annotations = new JsonObject { [Topology.EnforcementAnnotation] = "not-enforced" };
        _topology.PutNamespace(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop", ["annotations"] = annotations } });

        Reaches("127.99.1.2").ShouldBeTrue();
    }

    [Fact]
    public void A_deleted_policy_has_no_effect()
    {
        var policy = AddPolicy("deny-all", Payments + """ "policyTypes":["Ingress"]}""");
        _topology.RemovePolicy(policy);

        Reaches("127.99.1.2").ShouldBeTrue();
    }

    private bool Reaches(string source) => _topology.Allows(IPAddress.Parse(source), IPEndPoint.Parse("127.99.1.3:8080"));

    private JsonObject AddPolicy(string name, string spec)
    {
        var policy = new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" }, ["spec"] = JsonNode.Parse(spec) };
        _topology.PutPolicy(policy);
        return policy;
    }

    private void AddNamespace(string name, string label, string value) =>
        _topology.PutNamespace(new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { [label] = value } } });

    private void AddPod(string ns, string app, string address) => _topology.PutPod(new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = app, ["namespace"] = ns, ["uid"] = app, ["labels"] = new JsonObject { ["app"] = app } },
        ["spec"] = JsonNode.Parse("""{"containers":[{"ports":[{"name":"http","containerPort":8080}]}]}"""),
        ["status"] = new JsonObject { ["podIP"] = address },
    });
}

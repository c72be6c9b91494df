using GameDay.Domain.Plugins;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class ForeignPolicyTests
{
    private static readonly V1Pod Payments = Pod("payments", "127.7.0.1");
    private static readonly V1Pod Checkout = Pod("checkout", "127.7.0.2");
    private static readonly Dictionary<string, string> ShopLabels = new() { ["kubernetes.io/metadata.name"] = "shop" };

    [Fact]
    public void Without_another_policy_nothing_stands_in_the_way() => Should.NotThrow(() => Ask());

    [Fact]
    public void A_policy_for_other_pods_does_not_matter() => Should.NotThrow(() => Ask(Policy("cart", From(new V1NetworkPolicyPeer()))));

    [Fact]
    public void A_policy_of_the_other_direction_does_not_matter() =>
        Should.NotThrow(() => Ask(Policy("payments") with { Spec = new() { PodSelector = App("payments"), PolicyTypes = ["Egress"] } }));

    [Theory]
    [MemberData(nameof(Allows))]
    public void A_policy_that_allows_the_pair_is_named_in_the_refusal(V1NetworkPolicyPeer[]? from) =>
        Should.Throw<FaultRefused>(() => Ask(Policy("payments", from))).Message.ShouldContain("NetworkPolicy shop/theirs allows this pair");

    [Theory]
    [MemberData(nameof(Denies))]
    public void A_policy_that_keeps_the_pair_apart_already_is_named_too(V1NetworkPolicyPeer[] from) =>
        Should.Throw<FaultRefused>(() => Ask(Policy("payments", from))).Message.ShouldContain("apart already");

    [Fact]
    public void Namespace_labels_that_may_not_be_read_count_as_allowing() =>
        Should.Throw<FaultRefused>(() => new ForeignPolicies([Policy("payments", From(InNamespace("elsewhere")))], null).Refuse(Inbound)).Message.ShouldContain("allows");

    public static TheoryData<V1NetworkPolicyPeer[]?> Allows => new()
    {
        (V1NetworkPolicyPeer[]?)null,
        Array.Empty<V1NetworkPolicyPeer>(),
        From(new V1NetworkPolicyPeer { PodSelector = App("checkout") }),
        From(new V1NetworkPolicyPeer { PodSelector = App("cart") }, new V1NetworkPolicyPeer { PodSelector = new() }),
        From(new V1NetworkPolicyPeer { IpBlock = new("127.7.0.0/16") }),
        From(InNamespace("shop")),
    };

    public static TheoryData<V1NetworkPolicyPeer[]> Denies => new()
    {
        From(new V1NetworkPolicyPeer { PodSelector = App("cart") }),
        From(new V1NetworkPolicyPeer { IpBlock = new("127.7.0.0/16", ["127.7.0.2/32"]) }),
        From(InNamespace("elsewhere")),
    };

    private static Pair Inbound => new(true, "app=checkout", Payments, [Checkout], Checkout, Payments, 8080);

    private static void Ask(params V1NetworkPolicy[] policies) => new ForeignPolicies(policies, ShopLabels).Refuse(Inbound);

    private static V1NetworkPolicy Policy(string app, V1NetworkPolicyPeer[]? from = null) => new()
    {
        Metadata = new() { Name = "theirs", Namespace = "shop" },
        Spec = new() { PodSelector = App(app), PolicyTypes = ["Ingress"], Ingress = [new() { From = from }] },
    };

    private static V1NetworkPolicyPeer[] From(params V1NetworkPolicyPeer[] peers) => peers;

    private static V1NetworkPolicyPeer InNamespace(string name) =>
        new() { NamespaceSelector = new() { MatchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name } } };

    private static V1LabelSelector App(string app) => new() { MatchLabels = new Dictionary<string, string> { ["app"] = app } };

    private static V1Pod Pod(string app, string ip) => new()
    {
        Metadata = new() { Name = app, Namespace = "shop", Labels = new Dictionary<string, string> { ["app"] = app } },
        Status = new() { PodIP = ip },
    };
}

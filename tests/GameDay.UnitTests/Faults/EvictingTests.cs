using GameDay.Faults;
using GameDay.Faults.Cordons;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Faults;

public sealed class EvictingTests
{
    [Theory]
    [InlineData("ReplicaSet", null, null, null)]
    [InlineData("StatefulSet", null, null, null)]
    [InlineData("DaemonSet", null, null, "DaemonSet")]
    [InlineData(null, null, null, "no owner would replace it")]
    [InlineData("ReplicaSet", Marks.ManagedBy, null, "GameDay's own")]
    [InlineData("ReplicaSet", "app.kubernetes.io/part-of", null, "GameDay's own")]
    [InlineData("Node", null, "kubernetes.io/config.mirror", "static pod of the node")]
    public void Only_pods_that_somebody_replaces_elsewhere_are_evicted(string? owner, string? gameDayLabel, string? annotation, string? stays)
    {
        var pod = new V1Pod
        {
            Metadata = new()
            {
                Name = "x",
                OwnerReferences = owner is null ? null : [new("apps/v1", owner, "o", "uid", Controller: true)],
                Labels = gameDayLabel is null ? null : new Dictionary<string, string> { [gameDayLabel] = "gameday" },
                Annotations = annotation is null ? null : new Dictionary<string, string> { [annotation] = "hash" },
            },
        };

        Evicting.Spared(pod).ShouldBe(stays);
    }

    [Fact]
    public void A_budgets_no_names_the_budget_and_a_busy_server_is_no_budget()
    {
        var budget = new KubernetesException(new() { Code = 429, Message = "Cannot evict pod.", Details = new() { Causes = [new("DisruptionBudget", "The disruption budget web needs 2 healthy pods and has 2 currently")] } }, "POST eviction");
        var busy = new KubernetesException(new() { Code = 429, Message = "Too many requests" }, "POST eviction");

        Budgets.IsBudget(budget).ShouldBeTrue();
        Budgets.Words(budget).ShouldContain("disruption budget web");
        Budgets.IsBudget(busy).ShouldBeFalse();
    }
}

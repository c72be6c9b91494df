using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Web.Features.Exercises;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

public sealed class PlanFitsClusterTests
{
    [Theory]
    [InlineData("sandbox", "sandbox", null)]
    [InlineData("sandbox", "production", null)]
    [InlineData("prod-eu", "production", null)]
    [InlineData("prod-eu", "sandbox", "policy")]
    [InlineData("nowhere", "production", "cluster")]
    public void A_real_cluster_takes_no_sandbox_policy_and_an_unknown_one_nothing(string cluster, string policy, string? refused) =>
        (PlanFitsCluster.Check(new ExercisePlan { Title = "t", Cluster = cluster, Policy = policy }, new Both())?.Key).ShouldBe(refused);

    private sealed class Both : IClusters
    {
        public IReadOnlyList<ClusterInfo> All => [new("sandbox", true, "a"), new("prod-eu", false, "b")];

        public Task<string> ProbeAsync(string cluster, CancellationToken ct) => Task.FromResult("v1.33");
    }
}

using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

[Collection("sandbox")]
public sealed class TargetsTests(RunningSandbox sandbox)
{
    private readonly Targets _targets = new Orders(sandbox).Targets;

    [Fact]
    public async Task A_target_is_described_as_people_know_it()
    {
        await sandbox.ReadyAsync("cart", 3);
        var resolved = await ResolveAsync(new("shop", "app=cart", Choice.All));

        resolved.Matching.ShouldBe(3);
        resolved.Chosen.Select(target => target.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        resolved.Chosen.ShouldAllBe(target => target.Owner == "Deployment/cart" && target.Node != null && target.Zone != null && target.Ip != null && target.Ready);
    }

    [Theory]
    [InlineData(Choice.One, 1, 1)]
    [InlineData(Choice.Count, 2, 2)]
    [InlineData(Choice.Percent, 34, 2)]
    [InlineData(Choice.Percent, 1, 1)]
    [InlineData(Choice.All, 0, 3)]
    public async Task As_many_are_chosen_as_asked_and_the_seed_repeats_the_choice(Choice choose, int amount, int expected)
    {
        await sandbox.ReadyAsync("cart", 3);
        var first = await ResolveAsync(new("shop", "app=cart", choose, amount), seed: 7);
        var again = await ResolveAsync(new("shop", "app=cart", choose, amount), seed: 7);

        first.Chosen.Count.ShouldBe(expected);
        again.Chosen.Select(target => target.Uid).ShouldBe(first.Chosen.Select(target => target.Uid));
    }

    [Theory]
    [InlineData("shop", "app=nothing", Choice.One, "No running pod in namespace 'shop'")]
    [InlineData("nowhere", "app=cart", Choice.One, "No running pod in namespace 'nowhere'")]
    [InlineData("kube-system", "k8s-app=dns", Choice.One, "protected")]
    [InlineData("gameday", "app=x", Choice.One, "protected")]
    [InlineData("shop", "app=cart", Choice.Count, "matches 3")]
    [InlineData("shop", "app in (", Choice.One, "refused")]
    public async Task What_cannot_be_resolved_is_refused_with_the_reason(string ns, string selector, Choice choose, string words)
    {
        await sandbox.ReadyAsync("cart", 3);
        (await Should.ThrowAsync<RuleBroken>(() => ResolveAsync(new(ns, selector, choose, 9)))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task A_cluster_that_is_away_or_unknown_is_named()
    {
        using var away = new ClusterConnections([new("gone", false, Path.Combine(Path.GetTempPath(), "no-such-kubeconfig"))], TimeProvider.System);
        var targets = new Targets(away, new() { InstallationId = "tests" });

        (await Should.ThrowAsync<RuleBroken>(() => targets.ResolveAsync("gone", new("shop", "app=cart"), TargetKind.Pod, 1, default))).Message.ShouldContain("no-such-kubeconfig");
        (await Should.ThrowAsync<RuleBroken>(() => targets.ResolveAsync("other", new("shop", "app=cart"), TargetKind.Pod, 1, default))).Message.ShouldContain("no cluster 'other'");
    }

    [Fact]
    public async Task Permissions_are_asked_of_the_server_the_ledgers_own_included()
    {
        var answers = await _targets.AskPermissionsAsync("sandbox", "shop", new Orders(sandbox).PodKill.Kind.Permissions, default);

        answers.ShouldAllBe(answer => answer.Allowed);
        answers.ShouldContain(answer => answer.Permission.Resource == "configmaps" && answer.Permission.Verb == "create");
    }

    private Task<GameDay.Domain.Plugins.ResolvedTargets> ResolveAsync(TargetSpec spec, int seed = 1) => _targets.ResolveAsync("sandbox", spec, TargetKind.Pod, seed, default);
}

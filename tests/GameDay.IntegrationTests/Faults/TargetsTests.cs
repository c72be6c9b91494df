using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
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

    [Fact]
    public async Task Owner_and_zone_need_no_labels_and_the_share_stays_a_share_of_the_whole()
    {
        var pods = await sandbox.ReadyAsync("cart", 3);
        var zoneOf = (await sandbox.Client.ListAsync<V1Node>()).Items.ToDictionary(node => node.Metadata.Name!, node => node.Zone);
        var zone = zoneOf[pods[0].Spec!.NodeName!];

        var resolved = await ResolveAsync(new("shop", "", Choice.All) { Owner = "Deployment/cart", Zone = zone });

        resolved.Chosen.Select(target => target.Name).ShouldBe(pods.Where(pod => zoneOf[pod.Spec!.NodeName!] == zone).Select(pod => pod.Metadata.Name));
        resolved.Matching.ShouldBe(3, "the share is one of the whole workload");
    }

    [Fact]
    public async Task One_node_narrows_to_the_pods_on_it()
    {
        var pod = (await sandbox.ReadyAsync("cart", 3))[0];

        var resolved = await ResolveAsync(new("shop", "", Choice.All) { Node = pod.Spec!.NodeName });

        resolved.Chosen.ShouldAllBe(target => target.Node == pod.Spec.NodeName);
        resolved.Chosen.ShouldContain(target => target.Uid == pod.Metadata.Uid);
    }

    [Fact]
    public async Task Nodes_of_a_zone_are_targets_of_their_own()
    {
        var resolved = await ResolveAsync(new("shop", "", Choice.All) { Zone = "a" }, kind: TargetKind.Node);

        resolved.Chosen.Select(target => (target.Kind, target.Name, target.Zone, target.Namespace)).ShouldBe([("Node", "node-a1", "a", "shop"), ("Node", "node-a2", "a", "shop")]);
        resolved.Matching.ShouldBe(6);
    }

    [Fact]
    public async Task A_workload_is_a_target_by_its_name_or_its_own_labels()
    {
        var byOwner = await ResolveAsync(new("shop", "") { Owner = "Deployment/cart" }, kind: TargetKind.Workload);
        var byLabels = await ResolveAsync(new("shop", "app=cart", Choice.All), kind: TargetKind.Workload);

        var target = byOwner.Chosen.ShouldHaveSingleItem();
        (target.Kind, target.Name, target.Owner).ShouldBe(("Deployment", "cart", "Deployment/cart"));
        target.Uid.ShouldBe((await sandbox.Client.ReadAsync<V1Deployment>("cart", "shop")).Metadata.Uid);
        byLabels.Chosen.ShouldHaveSingleItem().Uid.ShouldBe(target.Uid);
    }

    [Theory]
    [InlineData(TargetKind.Pod, "Deployment/nothing", null, null, "belongs to 'Deployment/nothing'", "Deployment/cart")]
    [InlineData(TargetKind.Pod, null, "z", null, "zone 'z'; zones found: a, b, c", "kubectl get nodes")]
    [InlineData(TargetKind.Pod, null, null, "node-9", "node 'node-9'", "kubectl -n shop get pods -o wide")]
    [InlineData(TargetKind.Node, null, "z", null, "zones found: a, b, c", "kubectl get nodes")]
    [InlineData(TargetKind.Node, null, null, "node-9", "No such node 'node-9'", "node-a1")]
    [InlineData(TargetKind.Workload, "Deployment/nothing", null, null, "There is no 'Deployment/nothing'", "kubectl -n shop get deployments,statefulsets")]
    [InlineData(TargetKind.Pod, null, null, null, "Neither labels nor owner", "app=cart")]
    public async Task What_matches_nothing_is_named_with_where_to_look(TargetKind kind, string? owner, string? zone, string? node, string words, string look)
    {
        await sandbox.ReadyAsync("cart", 3);
        var spec = new TargetSpec("shop", "") { Owner = owner, Zone = zone, Node = node };

        var refusal = (await Should.ThrowAsync<RuleBroken>(() => ResolveAsync(spec, kind: kind))).Message;

        refusal.ShouldContain(words);
        refusal.ShouldContain(look);
    }

    private Task<GameDay.Domain.Plugins.ResolvedTargets> ResolveAsync(TargetSpec spec, int seed = 1, TargetKind kind = TargetKind.Pod) =>
        _targets.ResolveAsync("sandbox", spec, kind, seed, default);
}

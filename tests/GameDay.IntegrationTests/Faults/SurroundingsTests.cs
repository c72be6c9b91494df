using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Faults.Surroundings;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

/// <summary>What the guards are told of a cluster, read from a whole one.</summary>
public sealed class SurroundingsTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    [Fact]
    [Trait("Rule", "before the fault")]
    public async Task Workload_namespace_and_nodes_are_counted()
    {
        var surroundings = new ClusterSurroundings(sandbox.Clusters, sandbox.Options);
        var pods = (await sandbox.Client.ListAsync<V1Pod>("shop")).Items.Count(p => p.IsAlive);
        var one = await sandbox.TargetsAsync(new TargetSpec("shop", "app=checkout"), TargetKind.Pod);
        var scope = await surroundings.MeasureAsync(LiveSandbox.Cluster, "shop", one, default);
        (scope.WorkloadPods["Deployment/checkout"], scope.PodsInNamespace, scope.PodsTouched).ShouldBe((3, pods, 1));

        var node = await sandbox.TargetsAsync(new TargetSpec("shop", "") { Node = one[0].Node }, TargetKind.Node);
        var ofNode = await surroundings.MeasureAsync(LiveSandbox.Cluster, "shop", node, default);
        ofNode.Nodes.ShouldBe(6);
        ofNode.PodsTouched.ShouldBe((await sandbox.Client.ListAsync<V1Pod>("shop")).Items.Count(p => p.IsAlive && p.Spec!.NodeName == one[0].Node));
    }

    [Fact]
    [Trait("Rule", "before the fault")]
    public async Task Pods_of_ours_are_found_with_their_part_and_node()
    {
        await sandbox.Client.CreateAsync(new V1Pod
        {
            Metadata = new() { Name = "gameday-reaper-0", Namespace = "gameday", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/component"] = "reaper" } },
            Spec = new() { Containers = [new() { Name = "reaper", Image = "gameday/reaper:0.1" }] },
        });
        RescuersSeen? seen = null;
        await LiveSandbox.UntilAsync(async () => (seen = await new ClusterSurroundings(sandbox.Clusters, sandbox.Options).RescuersAsync(LiveSandbox.Cluster, everywhere: true, default)).Pods.Any(p => p is { Part: "reaper", Node: not null }));
        seen!.Namespaces.ShouldContain("kube-system");
        seen.Unread.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "before the fault")]
    public async Task A_node_is_tried_once_and_remembered_with_its_age()
    {
        var rehearsals = new NodeRehearsals(sandbox.Clusters, sandbox.Options, TimeProvider.System);
        var targets = await sandbox.TargetsAsync(new TargetSpec("shop", "app=catalogue"), TargetKind.Pod);
        (await rehearsals.AskAsync(LiveSandbox.Cluster, targets, mayTry: false, default)).Single().Fit.ShouldBeNull();
        var both = await Task.WhenAll(rehearsals.AskAsync(LiveSandbox.Cluster, targets, mayTry: true, default), rehearsals.AskAsync(LiveSandbox.Cluster, targets, mayTry: true, default));
        var later = await rehearsals.AskAsync(LiveSandbox.Cluster, targets, mayTry: false, default);
        later.Single().Fit.ShouldBe(true, later.Single().Words);
        later.Single().ShouldBe(both[0].Single());
        var pod = await sandbox.Client.ReadAsync<V1Pod>(targets[0].Name, "shop");
        pod.Spec!.EphemeralContainers!.Count(c => c.Name.StartsWith("gameday-rehearse", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "before the fault")]
    public async Task An_image_that_cannot_be_pulled_is_found_before_the_fault()
    {
        sandbox.SetImage(missing: true);
        try
        {
            var targets = await sandbox.TargetsAsync(new TargetSpec("shop", "app=payments"), TargetKind.Pod);
            var answer = (await new NodeRehearsals(sandbox.Clusters, sandbox.Options, TimeProvider.System).AskAsync(LiveSandbox.Cluster, targets, mayTry: true, default)).Single();
            answer.Fit.ShouldBe(false);
            answer.Words.ShouldContain("ImagePull");
        }
        finally
        {
            sandbox.SetImage(missing: false);
        }
    }
}

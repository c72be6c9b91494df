using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Partitions;
using GameDay.Kubernetes;
using GameDay.KubernetesTests.Contract;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Installed;

/// <summary>What `./gameday manifests` prints is applied, and faults run as the service accounts that it makes, as far as no kubelet is needed.</summary>
[Collection("installed")]
public sealed class InstalledTests(Installation installation)
{
    private KubernetesClient Admin => installation.Admin;

    private string Namespace => installation.Target;

    [Fact]
    [Call("apply of ./gameday manifests", needs: Has.Ownership)]
    public async Task Its_manifests_are_taken_by_a_server_that_checks_every_field()
    {
        await installation.Server.KubectlAsync("apply --dry-run=server --validate=true -f -", installation.Manifests);
        (await installation.Server.KubectlAsync("apply -f -", installation.Manifests)).ShouldContain("deployment.apps/gameday-reaper unchanged");

        (await Admin.ReadAsync<V1Deployment>("gameday-reaper", "gameday")).Spec!.Template!.Spec!.ServiceAccountName.ShouldBe("gameday-reaper");
    }

    [Fact]
    [Call("POST selfsubjectaccessreviews as each service account", needs: Has.Ownership)]
    public async Task Its_roles_allow_what_every_fault_declares_and_no_secret()
    {
        foreach (var kind in Web.CommandLine.ManifestsCommand.Kinds())
        {
            foreach (var permission in kind.Permissions)
                (await Allowed(permission)).ShouldBeTrue($"{kind.Id}: {permission}");
        }

        (await Allowed(new("", "secrets", "get"))).ShouldBeFalse();
        (await Allowed(new("", "pods", "deletecollection"))).ShouldBeFalse();

        async Task<bool> Allowed(PermissionNeeded permission)
        {
            var resource = permission.Resource.Split('/');
            return (await installation.Clusters.For(Installation.Cluster).MayAsync(new(permission.Verb, resource[0])
            {
                Group = permission.ApiGroup, Subresource = resource.Length > 1 ? resource[1] : null, Namespace = permission.ClusterScoped ? null : Namespace,
            })).Allowed;
        }
    }

    [Theory]
    [Call("fault pod-kill", needs: Has.Ownership)]
    [InlineData("delete")]
    [InlineData("evict")]
    public async Task A_pod_is_killed_and_its_owner_makes_another(string mode)
    {
        var app = $"kill-{mode}";
        var fault = new PodKill(installation.Clusters);
        var order = installation.Order(await PodTargetAsync(app), TimeSpan.FromSeconds(30), ("mode", mode), ("gracePeriod", "0s"));

        var undo = await fault.PrepareAsync(order, default);
        (await FindPod(order)).ShouldNotBeNull("Prepare only rehearses");
        var effect = await fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        await Eventually.Async(async () => (await fault.VerifyRevertedAsync(order, undo, default)).Facts.GetValueOrDefault("ready") is "1", "the replacement");
        (await Should.ThrowAsync<FaultRefused>(() => fault.PrepareAsync(order, default))).Message.ShouldContain(order.Target.Name);
    }

    [Fact]
    [Call("fault dependency-outage", needs: Has.Ownership)]
    public async Task A_workload_is_taken_away_and_given_back_as_it_was()
    {
        await DeployAsync("outage", 2);
        var fault = new DependencyOutage(installation.Clusters);
        var order = installation.Order(await WorkloadTargetAsync("outage"), TimeSpan.FromSeconds(60));
        var undo = await fault.PrepareAsync(order, default);
        var ledger = installation.Ledger(fault);
        await ledger.ClaimAsync(order, undo, default);

        var effect = await fault.InjectAsync(order, undo, default);
        effect.Holds.ShouldBeTrue(effect.Summary);
        (await fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse("it is still away");
        await fault.RevertAsync(order, undo, default);
        await fault.RevertAsync(order, undo, default);

        await ProvedAsync(fault, order, undo);
        await ledger.MarkProvedAsync(order, undo, await fault.VerifyRevertedAsync(order, undo, default), default);
        var read = await Admin.ReadAsync<V1Deployment>("outage", Namespace);
        read.Spec!.Replicas.ShouldBe(2);
        read.Metadata.Labels!.Keys.ShouldNotContain(key => key.StartsWith("gameday.dev/", StringComparison.Ordinal));
        (await ledger.FindAsync(order, undo, default))!.Recorded.ShouldBe("proved");
    }

    [Fact]
    [Call("fault dependency-outage, superseded", needs: Has.Ownership)]
    public async Task A_workload_that_somebody_else_scaled_meanwhile_is_left_to_them()
    {
        await DeployAsync("theirs", 2);
        var fault = new DependencyOutage(installation.Clusters);
        var order = installation.Order(await WorkloadTargetAsync("theirs"), TimeSpan.FromSeconds(60));
        var undo = await fault.PrepareAsync(order, default);
        (await fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await installation.Server.KubectlAsync($"scale deployment/theirs -n {Namespace} --replicas=1");
        await fault.RevertAsync(order, undo, default);

        await ProvedAsync(fault, order, undo);
        (await Admin.ReadAsync<V1Deployment>("theirs", Namespace)).Spec!.Replicas.ShouldBe(1);
    }

    [Fact]
    [Call("fault node-drain", needs: Has.Ownership)]
    public async Task A_node_gives_up_its_pods_and_takes_new_ones_again()
    {
        await DeployAsync("drained", 2);
        var pod = (await ReadyAsync("drained", 2))[0];
        var node = await Admin.ReadAsync<V1Node>(pod.Spec!.NodeName!);
        var fault = new NodeDrain(installation.Clusters);
        var target = new FaultTarget { Cluster = Installation.Cluster, Namespace = Namespace, Kind = "Node", Name = node.Metadata.Name!, Uid = node.Metadata.Uid!, Ready = true };
        var order = installation.Order(target, TimeSpan.FromSeconds(60), ("within", "20s"));
        var undo = await fault.PrepareAsync(order, default);

        var effect = await fault.InjectAsync(order, undo, default);
        effect.Holds.ShouldBeTrue(effect.Summary);
        (await ReadyAsync("drained", 2)).ShouldAllBe(other => other.Spec!.NodeName != node.Metadata.Name);
        (await fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();
        await fault.RevertAsync(order, undo, default);

        await ProvedAsync(fault, order, undo);
        (await Admin.ReadAsync<V1Node>(node.Metadata.Name!)).Spec!.Unschedulable.GetValueOrDefault().ShouldBeFalse();
    }

    [Fact]
    [Call("fault dependency-outage, ended by the reaper", needs: Has.Ownership)]
    public async Task What_nobody_ends_the_reaper_ends_with_its_own_permissions()
    {
        await DeployAsync("reaped", 2);
        var fault = new DependencyOutage(installation.Clusters);
        var order = installation.Order(await WorkloadTargetAsync("reaped"), TimeSpan.FromSeconds(3));
        var undo = await fault.PrepareAsync(order, default);
        var ledger = installation.Ledger(fault);
        var entry = await ledger.ClaimAsync(order, undo, default);
        order = order with { NotAfter = entry.CreatedAt.AddSeconds(10), Deadline = entry.CreatedAt.AddSeconds(3) };
        (await fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();

        await using var reaper = await ReaperProcess.StartAsync(installation);

        await Eventually.Async(async () => (await ledger.FindAsync(order, undo, default))?.Recorded == "proved", $"the reaper's proof; it said:\n{reaper.Log}");
        (await Admin.ReadAsync<V1Deployment>("reaped", Namespace)).Spec!.Replicas.ShouldBe(2);
        (await new Reapers(installation.Clusters, installation.Options).SeenAsync(Installation.Cluster, default)).ShouldContain(seen => seen.IsAlive);
    }

    [Fact]
    [Call("fault network-partition, its two objects", needs: Has.Ownership)]
    public async Task The_objects_of_a_partition_are_written_found_and_removed()
    {
        await DeployAsync("parted", 1);
        await DeployAsync("peer", 1);
        var target = await PodTargetAsync("parted");
        var order = installation.Order(target, TimeSpan.FromSeconds(60), ("from", "app=peer"), ("port", "8080"));
        await ReadyAsync("peer", 1);
        var client = installation.Clusters.For(Installation.Cluster);
        var pair = await Pair.ReadAsync(client, order, await LivePod.ReadAsync(client, target, default), default);
        var policy = PartitionPolicy.Build(order, new("network-partition", "policy", new Dictionary<string, string> { ["policy"] = PartitionPolicy.NameOf(order) }, "by hand"), pair);

        await PartitionWrites.RehearseAsync(client, order, policy, default);
        (await PartitionWrites.FindLeftAsync(client, order, default)).ShouldBeNull("a rehearsal leaves nothing");
        await PartitionWrites.PartAsync(client, order, policy, default);
        (await PartitionWrites.FindLeftAsync(client, order, default)).ShouldNotBeNull().ShouldContain(policy.Metadata.Name!);
        await PartitionWrites.JoinAsync(client, order, default);
        await PartitionWrites.JoinAsync(client, order, default);

        (await PartitionWrites.FindLeftAsync(client, order, default)).ShouldBeNull();
    }

    [Fact]
    [Call("faults by an agent, where there are no ephemeral containers", needs: Has.Ownership)]
    public async Task What_an_old_cluster_cannot_do_is_refused_by_name_before_anything_is_touched()
    {
        Assert.SkipWhen(installation.Server.Version >= new Version(1, 23), $"not checked against the {installation.Server.Server.Name} server: it has ephemeral containers");
        await DeployAsync("peer-of-old", 1);
        await ReadyAsync("peer-of-old", 1);
        var fault = new NetworkLatency(installation.Clusters, installation.Options);
        var order = installation.Order(await PodTargetAsync("old"), TimeSpan.FromSeconds(30), ("delay", "100ms"), ("jitter", "0s"), ("by", "netem"), ("share", "100"), ("to", "app=peer-of-old"));

        var refusal = await Should.ThrowAsync<FaultRefused>(() => fault.PrepareAsync(order, default));

        refusal.Message.ShouldContain("since 1.23; this cluster has 1.20");
    }

    [Fact]
    [Call("halt object, ledger, sweep", needs: Has.Ownership)]
    public async Task Halt_stops_every_claim_and_the_sweep_lists_what_is_left()
    {
        await DeployAsync("halted", 1);
        var fault = new DependencyOutage(installation.Clusters);
        var ledger = installation.Ledger(fault);
        var order = installation.Order(await WorkloadTargetAsync("halted"), TimeSpan.FromSeconds(60));
        var undo = await fault.PrepareAsync(order, default);
        var entry = await ledger.ClaimAsync(order, undo, default);
        (await ledger.SweepAsync(Installation.Cluster, default)).ShouldNotBeNull();
        (await Should.ThrowAsync<LedgerHeld>(() => ledger.ClaimAsync(installation.Order(order.Target, TimeSpan.FromSeconds(60)), undo, default))).Message.ShouldContain("is held by dependency-outage");

        await ledger.SetHaltAsync(Installation.Cluster, "by the test", default);
        (await ledger.IsHaltedAsync(Installation.Cluster, default)).ShouldBeTrue();
        await Should.ThrowAsync<HaltInForce>(() => ledger.ClaimAsync(order, undo, default));
        await ledger.SetHaltAsync(Installation.Cluster, null, default);
        (await ledger.IsHaltedAsync(Installation.Cluster, default)).ShouldBeFalse();
        await Admin.DeleteAsync<V1ConfigMap>(entry.Name, "gameday");
    }

    private static Task ProvedAsync(IFault fault, InjectionOrder order, UndoPlan undo) =>
        Eventually.Async(async () => (await fault.VerifyRevertedAsync(order, undo, default)).Holds, $"the proof of {fault.Kind.Id}");

    private Task<V1Pod?> FindPod(InjectionOrder order) => Admin.FindAsync<V1Pod>(order.Target.Name, Namespace);

    /// <summary>By kubectl, so that its fields are somebody else's, as in life.</summary>
    private Task DeployAsync(string app, int replicas) => installation.Server.KubectlAsync("apply -f -", System.Text.Encoding.UTF8.GetString(KubernetesJson.Serialize(Workloads.Deployment(app, Namespace, replicas))));

    private async Task<IReadOnlyList<V1Pod>> ReadyAsync(string app, int count)
    {
        IReadOnlyList<V1Pod> ready = [];
        await Eventually.Async(async () => (ready = [.. (await Admin.ListAsync<V1Pod>(Namespace, $"app={app}")).Items.Where(pod => pod.IsAlive && pod.IsReady)]).Count == count, $"{count} ready pods of {app}");
        return ready;
    }

    private async Task<FaultTarget> PodTargetAsync(string app)
    {
        if (await Admin.FindAsync<V1Deployment>(app, Namespace) is null)
            await DeployAsync(app, 1);
        await ReadyAsync(app, 1);
        return await TargetAsync(app, TargetKind.Pod);
    }

    private async Task<FaultTarget> WorkloadTargetAsync(string app)
    {
        await Eventually.Async(async () => (await Admin.ReadAsync<V1Deployment>(app, Namespace)).Status?.ReadyReplicas > 0, $"the count of {app}");
        return await TargetAsync(app, TargetKind.Workload);
    }

    private async Task<FaultTarget> TargetAsync(string app, TargetKind kind) =>
        (await new Targets(installation.Clusters, installation.Options).ResolveAsync(Installation.Cluster, new(Namespace, $"app={app}"), kind, 1, default)).Chosen.Single();
}

using System.Diagnostics;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

[Collection("sandbox")]
public sealed class NetworkPartitionTests(RunningSandbox sandbox)
{
    private readonly Orders _orders = new(sandbox);

    [Theory]
    [InlineData("checkout", "to", "app=payments")]
    [InlineData("payments", "from", "app=checkout")]
    public async Task A_partition_is_seen_by_traffic_and_its_end_too(string app, string setting, string peer)
    {
        var order = Orders.For(await _orders.OneAsync(app), (setting, peer));
        var undo = await _orders.Partition.PrepareAsync(order, default);
        (await PoliciesAsync()).ShouldBeEmpty("Prepare only reads");

        var effect = await _orders.Partition.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        effect.Facts["before"].ShouldContain("connected");
        var policy = (await PoliciesAsync()).ShouldHaveSingleItem();
        policy.Metadata.Label(Marks.Installation).ShouldBe("tests");
        policy.Metadata.Annotation(Marks.UndoInWords).ShouldNotBeNull().ShouldContain($"delete networkpolicy {policy.Metadata.Name}");
        (await _orders.Partition.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse("it is still in place");

        var started = Stopwatch.StartNew();
        await _orders.Partition.RevertAsync(order, undo, default);
        await _orders.Partition.RevertAsync(order, undo, default);
        var proof = await _orders.Partition.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        proof.Facts["connection"].ShouldContain("connected");
        (await PoliciesAsync()).ShouldBeEmpty();
        (await sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, "shop")).Metadata.Labels!.Keys.ShouldNotContain("gameday.dev/partition");
        TestContext.Current.SendDiagnosticMessage("revert and proof took {0} ms", started.ElapsedMilliseconds);
    }

    [Fact]
    public async Task Sister_pods_are_parted_and_joined_each_by_itself()
    {
        await sandbox.ReadyAsync("checkout", 3);
        var targets = await _orders.Targets.ResolveAsync("sandbox", new("shop", "app=checkout", Choice.Count, 2), TargetKind.Pod, 1, default);
        var orders = targets.Chosen.Select(target => Orders.For(target, ("to", "app=payments"))).ToList();
        var undos = new List<UndoPlan>();
        foreach (var order in orders)
        {
            undos.Add(await _orders.Partition.PrepareAsync(order, default));
            (await _orders.Partition.InjectAsync(order, undos[^1], default)).Holds.ShouldBeTrue();
        }

        await _orders.Partition.RevertAsync(orders[1], undos[1], default);
        (await _orders.Partition.VerifyRevertedAsync(orders[1], undos[1], default)).Holds.ShouldBeTrue("its sister's partition is not its own");
        (await _orders.Partition.VerifyRevertedAsync(orders[0], undos[0], default)).Holds.ShouldBeFalse();

        await _orders.Partition.RevertAsync(orders[0], undos[0], default);
        (await _orders.Partition.VerifyRevertedAsync(orders[0], undos[0], default)).Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task A_pair_that_another_policy_allows_is_refused_by_name()
    {
        var foreign = new V1NetworkPolicy
        {
            Metadata = new() { Name = "theirs", Namespace = "shop" },
            Spec = new() { PodSelector = App("payments"), PolicyTypes = ["Ingress"], Ingress = [new() { From = [new() { PodSelector = App("checkout") }] }] },
        };
        await sandbox.Client.CreateAsync(foreign);
        try
        {
            var order = Orders.For(await _orders.OneAsync("payments"), ("from", "app=checkout"));

            var refusal = await Should.ThrowAsync<FaultRefused>(() => _orders.Partition.PrepareAsync(order, default));

            refusal.Message.ShouldContain("NetworkPolicy shop/theirs allows this pair");
            refusal.Message.ShouldContain("by: agent");
        }
        finally
        {
            await sandbox.Client.DeleteAsync<V1NetworkPolicy>("theirs", "shop");
        }
    }

    [Fact]
    public async Task Where_policies_are_not_enforced_the_fault_says_it_is_without_effect()
    {
        await EnforceAsync("not-enforced");
        try
        {
            var order = Orders.For(await _orders.OneAsync("payments"), ("from", "app=checkout"));
            var undo = await _orders.Partition.PrepareAsync(order, default);

            var effect = await _orders.Partition.InjectAsync(order, undo, default);

            effect.Holds.ShouldBeFalse();
            effect.Summary.ShouldContain("without effect");
            await _orders.Partition.RevertAsync(order, undo, default);
            (await _orders.Partition.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        }
        finally
        {
            await EnforceAsync(null);
        }
    }

    [Fact]
    public async Task A_target_that_went_away_during_the_fault_leaves_no_policy_behind()
    {
        await sandbox.ReadyAsync("payments", 2);
        var order = Orders.For(await _orders.OneAsync("payments"), ("from", "app=checkout"));
        var undo = await _orders.Partition.PrepareAsync(order, default);
        (await _orders.Partition.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();
        await sandbox.Client.DeleteAsync<V1Pod>(order.Target.Name, "shop", V1DeleteOptions.Exactly(order.Target.Uid) with { GracePeriodSeconds = 0 });

        (await _orders.Partition.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse("the policy is object-bound: the pod's end is not its end");
        await _orders.Partition.RevertAsync(order, undo, default);
        (await _orders.Partition.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeTrue();
        await sandbox.ReadyAsync("payments", 2);
    }

    [Fact]
    public async Task A_target_replaced_between_preview_and_start_is_not_touched()
    {
        await sandbox.ReadyAsync("payments", 2);
        var order = Orders.For(await _orders.OneAsync("payments"), ("from", "app=checkout"));
        var undo = await _orders.Partition.PrepareAsync(order, default);
        await _orders.ReplaceUnderItsNameAsync(order.Target);

        (await Should.ThrowAsync<FaultRefused>(() => _orders.Partition.InjectAsync(order, undo, default))).Message.ShouldContain("replaced");

        (await PoliciesAsync()).ShouldBeEmpty();
        await sandbox.Client.DeleteAsync<V1Pod>(order.Target.Name, "shop", new() { GracePeriodSeconds = 0 });
        await sandbox.ReadyAsync("payments", 2);
    }

    [Theory]
    [InlineData("from", "app=nobody", "matches the peer")]
    [InlineData("port", "8080", "exactly one of 'from'")]
    public async Task Settings_that_name_no_peer_are_refused(string key, string value, string words)
    {
        var order = Orders.For(await _orders.OneAsync("payments"), (key, value));

        (await Should.ThrowAsync<FaultRefused>(() => _orders.Partition.PrepareAsync(order, default))).Message.ShouldContain(words);
    }

    private async Task<IReadOnlyList<V1NetworkPolicy>> PoliciesAsync() => (await sandbox.Client.ListAsync<V1NetworkPolicy>(labelSelector: Marks.OursSelector)).Items;

    private Task EnforceAsync(string? value) => sandbox.Client.PatchAsync<V1Namespace>(
        V1Patch.Json(new JsonPatchOperation("add", "/metadata/annotations", new Dictionary<string, string?> { ["sandbox.gameday.dev/network-policies"] = value ?? "enforced" })), "shop");

    private static V1LabelSelector App(string app) => new() { MatchLabels = new Dictionary<string, string> { ["app"] = app } };
}

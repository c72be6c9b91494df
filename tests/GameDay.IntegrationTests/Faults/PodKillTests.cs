using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Kubernetes;
using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Faults;

[Collection("sandbox")]
public sealed class PodKillTests(RunningSandbox sandbox)
{
    private readonly Orders _orders = new(sandbox);

    [Theory]
    [InlineData("delete")]
    [InlineData("evict")]
    public async Task A_killed_pod_is_seen_gone_and_its_replacement_ready(string mode)
    {
        await sandbox.ReadyAsync("cart", 3);
        var order = Orders.For(await _orders.OneAsync("cart"), ("mode", mode), ("gracePeriod", "0s"));

        var undo = await _orders.PodKill.PrepareAsync(order, default);
        (await sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, "shop")).IsAlive.ShouldBeTrue("Prepare only reads");
        var effect = await _orders.PodKill.InjectAsync(order, undo, default);

        undo.Layer.ShouldBe("none");
        effect.Holds.ShouldBeTrue(effect.Summary);
        await sandbox.ReadyAsync("cart", 3);
        await _orders.PodKill.RevertAsync(order, undo, default);
        var proof = await _orders.PodKill.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue();
        proof.Summary.ShouldContain("Ready");
        proof.Facts["newest"].ShouldNotBe(order.Target.Name);
    }

    [Fact]
    public async Task Many_that_were_sent_are_each_seen_at_their_end_and_one_that_was_not_is_seen_running()
    {
        await sandbox.ReadyAsync("cart", 3);
        await sandbox.ReadyAsync("catalogue", 2);
        FaultTarget[] targets = [.. await _orders.AllAsync("cart"), .. await _orders.AllAsync("catalogue")];
        InjectionOrder[] orders = [.. targets.Select(target => Orders.For(target, ("gracePeriod", "0s")))];
        foreach (var order in orders.SkipLast(1))
            await _orders.PodKill.SendAsync(order, await _orders.PodKill.PrepareAsync(order, default), default);

        var effects = await _orders.PodKill.ReadEffectsAsync(orders, default);

        effects.Select(effect => effect.Facts["uid"]).ShouldBe(targets.Select(target => target.Uid));
        effects.SkipLast(1).ShouldAllBe(effect => effect.Holds);
        effects[^1].Holds.ShouldBeFalse();
        effects[^1].Summary.ShouldContain("still running");
        await sandbox.ReadyAsync("cart", 3);
        await sandbox.ReadyAsync("catalogue", 2);
    }

    [Fact]
    public async Task A_target_replaced_between_preview_and_start_is_not_touched()
    {
        await sandbox.ReadyAsync("catalogue", 2);
        var order = Orders.For(await _orders.OneAsync("catalogue"), ("gracePeriod", "0s"));
        var undo = await _orders.PodKill.PrepareAsync(order, default);
        await _orders.ReplaceUnderItsNameAsync(order.Target);

        (await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.PrepareAsync(order, default))).Message.ShouldContain("replaced");
        (await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.InjectAsync(order, undo, default))).Message.ShouldContain("409");

        var survivor = await sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, "shop");
        survivor.IsAlive.ShouldBeTrue();
        await sandbox.Client.DeleteAsync<V1Pod>(order.Target.Name, "shop", new() { GracePeriodSeconds = 0 });
        await sandbox.ReadyAsync("catalogue", 2);
    }

    [Fact]
    public async Task An_eviction_that_a_budget_forbids_is_refused_before_it_is_tried()
    {
        await sandbox.ReadyAsync("payments", 2);
        var budget = new V1PodDisruptionBudget
        {
            Metadata = new() { Name = "none-may-go", Namespace = "shop" },
            Spec = new() { MinAvailable = 2, Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "payments" } } },
        };
        await sandbox.Client.CreateAsync(budget);
        try
        {
            await RunningSandbox.EventuallyAsync(() => sandbox.Client.ReadAsync<V1PodDisruptionBudget>("none-may-go", "shop"), b => b.Status?.DesiredHealthy == 2, "the budget's status");
            var order = Orders.For(await _orders.OneAsync("payments"), ("mode", "evict"));

            (await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.PrepareAsync(order, default))).Message.ShouldContain("disruption budget none-may-go");
        }
        finally
        {
            await sandbox.Client.DeleteAsync<V1PodDisruptionBudget>("none-may-go", "shop");
        }
    }

    [Fact]
    public async Task An_injection_past_its_time_is_not_begun()
    {
        var order = Orders.For(await _orders.OneAsync("cart")) with { NotAfter = DateTimeOffset.UtcNow.AddSeconds(-5) };
        var undo = await _orders.PodKill.PrepareAsync(order, default);

        (await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.InjectAsync(order, undo, default))).Message.ShouldContain("too late");
        (await sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, "shop")).IsAlive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_protected_namespace_is_refused_whatever_the_guards_said()
    {
        var order = Orders.For((await _orders.OneAsync("cart")) with { Namespace = "kube-system" });

        await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.PrepareAsync(order, default));
        await Should.ThrowAsync<FaultRefused>(() => _orders.PodKill.InjectAsync(order, new("pod-kill", "none", new Dictionary<string, string>(), ""), default));
    }
}

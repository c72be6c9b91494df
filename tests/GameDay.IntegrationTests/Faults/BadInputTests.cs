using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>What clusters do to a fault in a pod: images late or missing, refusals, silence, nodes that fall silent.</summary>
public sealed class BadInputTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>, IAsyncLifetime
{
    private const string Agents = "/ephemeralcontainers";

    private NetworkLatency Fault => new(sandbox.Clusters, sandbox.Options);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        sandbox.Behave();
        sandbox.SetImage(missing: false);
        return ValueTask.CompletedTask;
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_image_that_cannot_be_pulled_is_without_effect_and_proved_only_when_its_agent_has_ended()
    {
        sandbox.SetImage(missing: true);
        var (order, undo) = await PreparedAsync();

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeFalse();
        effect.Summary.ShouldContain("cannot start");
        await Fault.RevertAsync(order, undo, default);
        (await Fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse("the image may still come");
        var longAgo = order with { NotAfter = (await sandbox.Client.ReadServerTimeAsync()).AddSeconds(-20) };
        (await Fault.VerifyRevertedAsync(longAgo, undo, default)).Holds.ShouldBeFalse("its node's clock may be behind, and then it would begin");
        sandbox.SetImage(missing: false);
        await RevertedAsync(order, undo); // now it comes, and says itself what it did
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_inject_whose_name_a_revert_has_taken_never_comes_even_with_the_image_missing()
    {
        sandbox.SetImage(missing: true);
        var (order, undo) = await PreparedAsync();

        (await Should.ThrowAsync<FaultRefused>(() => Fault.RevertAsync(order, undo, default))).Message.ShouldContain("cannot start");

        var proof = await Fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        await Should.ThrowAsync<FaultRefused>(() => Fault.InjectAsync(order, undo, default));
        sandbox.SetImage(missing: false);
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_agent_whose_image_comes_after_its_limit_touches_nothing()
    {
        sandbox.SetImage(missing: false, TimeSpan.FromSeconds(5));
        var (prepared, undo) = await PreparedAsync();
        var order = prepared with { NotAfter = (await sandbox.Client.ReadServerTimeAsync()).AddSeconds(2) };

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeFalse();
        await LiveSandbox.UntilAsync(async () => await Fault.VerifyRevertedAsync(order, undo, default) is { Holds: true } proof && proof.Summary.Contains("touched nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_comes_late_but_in_time_makes_the_fault_late_not_wrong()
    {
        sandbox.SetImage(missing: false, TimeSpan.FromSeconds(2));
        var (order, undo) = await PreparedAsync();

        var effect = await Fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue(effect.Summary);
        await RevertedAsync(order, undo);
    }

    [Fact]
    public async Task Pod_Security_that_forbids_the_agent_is_told_before_the_fault()
    {
        var order = await OrderAsync();
        await EnforceAsync("baseline");
        try
        {
            var answer = (await Fault.RehearseAsync(order, default)).ShouldHaveSingleItem();

            answer.Accepted.ShouldBe(false);
            answer.Answer.ShouldContain("403");
            (await Should.ThrowAsync<FaultRefused>(() => Fault.PrepareAsync(order, default))).Message.ShouldContain("PodSecurity");
        }
        finally
        {
            await EnforceAsync("privileged");
        }
    }

    [Theory]
    [InlineData("tooManyRequests", 3)]
    [InlineData("internalError", 1)]
    public async Task A_server_that_stumbles_is_asked_again_or_reverted_from(string kind, int times)
    {
        var (order, undo) = await PreparedAsync();
        sandbox.Misbehave(kind, Agents, "PATCH", times);

        if (kind == "tooManyRequests")
            (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue("flow control turned it away unread, so it is asked again");
        else
            await Should.ThrowAsync<KubernetesException>(() => Fault.InjectAsync(order, undo, default));

        await RevertedAsync(order, undo);
    }

    [Fact]
    [Trait("Rule", "2")]
    public async Task An_answer_lost_after_the_effect_is_read_back_and_reverted()
    {
        var (order, undo) = await PreparedAsync();
        sandbox.Misbehave("lostAnswer", Agents, "PATCH");

        await Should.ThrowAsync<ClusterUnreachableException>(() => Fault.InjectAsync(order, undo, default));

        var unproved = await Fault.VerifyRevertedAsync(order, undo, default);
        unproved.Holds.ShouldBeFalse(unproved.Summary);
        await RevertedAsync(order, undo);
    }

    [Fact]
    [Trait("Rule", "8")]
    public async Task Of_a_pod_force_deleted_on_a_silent_node_nothing_is_proved_until_the_node_is_back()
    {
        var (order, undo) = await PreparedAsync();
        (await Fault.InjectAsync(order, undo, default)).Holds.ShouldBeTrue();
        var node = order.Target.Node!;
        sandbox.SetNode(node, ready: false);
        try
        {
            await sandbox.Client.DeleteAsync<V1Pod>(order.Target.Name, "shop", new() { GracePeriodSeconds = 0 });
            await LiveSandbox.UntilAsync(async () => (await sandbox.Client.FindAsync<V1Pod>(order.Target.Name, "shop"))?.Metadata.Uid != order.Target.Uid);

            await Fault.RevertAsync(order, undo, default);
            var unproved = await Fault.VerifyRevertedAsync(order, undo, default);

            unproved.Holds.ShouldBeFalse();
            unproved.Summary.ShouldContain("may still run there");
        }
        finally
        {
            sandbox.SetNode(node, ready: true);
        }

        await LiveSandbox.UntilAsync(async () => (await Fault.VerifyRevertedAsync(order, undo, default)).Holds);
    }

    private Task<InjectionOrder> OrderAsync() => sandbox.OrderAsync("app=checkout", TimeSpan.FromMinutes(1), ("delay", "300ms"), ("to", "app=payments"));

    private async Task<(InjectionOrder Order, UndoPlan Undo)> PreparedAsync()
    {
        var order = await OrderAsync();
        return (order, await Fault.PrepareAsync(order, default));
    }

    private async Task RevertedAsync(InjectionOrder order, UndoPlan undo)
    {
        await LiveSandbox.UntilAsync(async () =>
        {
            await Fault.RevertAsync(order, undo, default);
            return (await Fault.VerifyRevertedAsync(order, undo, default)).Holds;
        });
        sandbox.Kernels.Describe(order.Target.Uid)["tables"]!.AsArray().Count.ShouldBe(0);
    }

    private Task EnforceAsync(string level) =>
        sandbox.Client.PatchAsync<V1Namespace>(V1Patch.Merge(new { metadata = new { labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = level } } }), "shop");
}

using System.Net;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Faults;

/// <summary>Kinds that an agent holds, from first to last through the real agent: what each sees of itself, and that it is gone.</summary>
public sealed class AgentKindTests(LiveSandbox sandbox) : IClassFixture<LiveSandbox>
{
    [Theory]
    [InlineData("network-loss", "percent", "100")]
    [InlineData("network-bandwidth", "kbit", "64")]
    [InlineData("network-partition", "by", "agent")]
    public async Task Each_sees_its_effect_and_proves_its_end(string kind, string setting, string value)
    {
        var fault = Of(kind);
        var order = await sandbox.OrderAsync("app=checkout", TimeSpan.FromMinutes(1), ("to", "app=payments"), (setting, value));
        var undo = await fault.PrepareAsync(order, default);
        undo.Layer.ShouldBe("net");
        fault.Kind.LayerOf(order.Settings).ShouldBe("net");

        var effect = await fault.InjectAsync(order, undo, default);

        effect.Holds.ShouldBeTrue($"{effect.Summary}: {string.Join(", ", effect.Facts)}");
        (await fault.VerifyRevertedAsync(order, undo, default)).Holds.ShouldBeFalse();
        await fault.RevertAsync(order, undo, default);
        var proof = await fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        sandbox.Kernels.Describe(order.Target.Uid)["tables"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("by", "proxy", "needs 'port'")]
    [InlineData("share", "50", "take 'by: proxy'")]
    public async Task Settings_of_a_delay_that_do_not_fit_each_other_are_refused(string setting, string value, string words)
    {
        var order = await sandbox.OrderAsync("app=checkout", TimeSpan.FromMinutes(1), ("delay", "200ms"), ("to", "app=payments"), (setting, value));

        (await Should.ThrowAsync<FaultRefused>(() => Of("network-latency").PrepareAsync(order, default))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Where_connections_cannot_be_redirected_a_delay_by_proxy_says_so_and_leaves_nothing()
    {
        var fault = Of("network-latency");
        var order = await sandbox.OrderAsync("app=checkout", TimeSpan.FromMinutes(1), ("delay", "200ms"), ("to", "app=payments"), ("port", "8080"), ("by", "proxy"), ("share", "100"));
        var undo = await fault.PrepareAsync(order, default);

        var effect = await fault.InjectAsync(order, undo, default);
        effect.Holds.ShouldBeFalse();
        effect.Summary.ShouldContain("redirects no connections");
        await fault.RevertAsync(order, undo, default);

        var proof = await fault.VerifyRevertedAsync(order, undo, default);
        proof.Holds.ShouldBeTrue(proof.Summary);
        sandbox.Kernels.Describe(order.Target.Uid)["tables"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Node_and_API_server_are_told_to_the_agent_as_never_to_be_touched()
    {
        var order = await sandbox.OrderAsync("app=checkout", TimeSpan.FromMinutes(1), ("to", "app=payments"), ("by", "agent"));
        var pod = await sandbox.Client.ReadAsync<V1Pod>(order.Target.Name, "shop");

        var undo = await Of("network-partition").PrepareAsync(order, default);

        var never = undo.Values["never"].Split(',');
        never.ShouldContain(pod.Status!.HostIP);
        never.ShouldContain(sandbox.Client.Host.Host);
        undo.Values["to"].Split(',').ShouldNotContain(address => never.Contains(address));
        foreach (var address in never)
            IPAddress.TryParse(address, out _).ShouldBeTrue(address);
    }

    private IFault Of(string kind) => kind switch
    {
        "network-latency" => new NetworkLatency(sandbox.Clusters, sandbox.Options),
        "network-loss" => new NetworkLoss(sandbox.Clusters, sandbox.Options),
        "network-bandwidth" => new NetworkBandwidth(sandbox.Clusters, sandbox.Options),
        _ => new NetworkPartition(sandbox.Clusters, sandbox.Options),
    };
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class ProbeTests : IAsyncDisposable
{
    private readonly Stage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public void A_probe_reads_its_spec_with_the_defaults_of_kubernetes()
    {
        var container = JsonNode.Parse("""{"ports":[{"name":"http","containerPort":8080}],"readinessProbe":{"httpGet":{"path":"/healthz","port":"http"},"periodSeconds":2}}""")!.AsObject();

        ProbeSpec.From(container, "readinessProbe").ShouldBe(
            new ProbeSpec("/healthz", 8080, TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), SuccessThreshold: 1, FailureThreshold: 3));
        ProbeSpec.From(container, "livenessProbe").ShouldBeNull();
    }

    [Fact]
    public async Task A_probe_succeeds_times_out_and_is_refused_over_real_connections()
    {
        await _stage.OpenShopAsync("payments");
        var pod = _stage.From("payments-0");

        (await Check(pod, 8080)).ShouldBeNull();
        (await Check(pod, 8081)).ShouldNotBeNull().ShouldContain("refused");
        _stage.Kernel.Delays[pod.PodUid!] = TimeSpan.FromSeconds(30);
        (await Check(pod, 8080)).ShouldNotBeNull().ShouldContain("context deadline exceeded");
    }

    [Fact]
    public async Task A_pod_too_slow_for_its_probe_turns_unready_and_ready_again()
    {
        await _stage.OpenShopAsync("payments");
        var uid = _stage.Pod("payments-0").Uid();
        _stage.Kernel.Delays[uid] = TimeSpan.FromSeconds(30);
        await Until.HoldsAsync(() => !Stage.IsReady(_stage.Pod("payments-0")), "it is unready");
        _stage.Store.List(ResourceTypes.Events, "shop").Select(e => e.Text("reason")).ShouldContain("Unhealthy");
        _stage.Kernel.Delays.Clear();
        await Until.HoldsAsync(() => Stage.IsReady(_stage.Pod("payments-0")), "it is ready again");
    }

    private Task<string?> Check(Caller pod, int port)
    {
        var spec = new ProbeSpec("/healthz", port, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 1, 1);
        return new Probe(spec, _stage.Network, new Caller(System.Net.IPAddress.Loopback, "default", null), pod.Address).CheckAsync(CancellationToken.None);
    }
}

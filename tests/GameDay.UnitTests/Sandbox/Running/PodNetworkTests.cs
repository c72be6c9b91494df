using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class PodNetworkTests : IAsyncLifetime
{
    private readonly Stage _stage = new();

    public async ValueTask InitializeAsync() => await _stage.OpenShopAsync("payments", "checkout");

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_connection_leaves_from_its_pods_own_address_and_reaches_each_ready_pod_in_turn()
    {
        await Get("checkout-0");
        await Get("checkout-0");

        var source = _stage.From("checkout-0").Address.ToString();
        foreach (var pod in new[] { "payments-0", "payments-1" })
        {
            (await Lines(pod)).ShouldContain(line => line.StartsWith(source + " GET /anything", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_unknown_name_and_a_service_without_pods_fail_at_once()
    {
        var unknown = await Should.ThrowAsync<SocketException>(() => _stage.Network.DialAsync(_stage.From("checkout-0"), "nowhere", 80, CancellationToken.None));
        unknown.SocketErrorCode.ShouldBe(SocketError.HostNotFound);

        var empty = await Should.ThrowAsync<SocketException>(() => _stage.Network.DialAsync(_stage.From("checkout-0"), "cart.shop", 80, CancellationToken.None));
        empty.SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task A_denied_connection_hangs_an_established_one_lives_and_healing_lets_new_ones_pass()
    {
        await using var kept = await _stage.Network.DialAsync(_stage.From("checkout-0"), "payments", 80, CancellationToken.None);
        await AskAsync(kept);
        _stage.Store.Create(ResourceTypes.NetworkPolicies, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "cut", ["namespace"] = "shop" },
            ["spec"] = JsonNode.Parse("""{"podSelector":{"matchLabels":{"app":"payments"}},"policyTypes":["Ingress"]}"""),
        });
        await Until.HoldsAsync(() => !_stage.Network.Topology.Allows(_stage.From("checkout-0").Address, _stage.Network.Topology.Resolve("payments", 80, "shop")), "the policy is known");

        (await AskAsync(kept)).ShouldStartWith("HTTP/1.1 200");
        (await _stage.ExecAsync("checkout-0", "", "wget", "-qO-", "-T", "1", "http://payments/anything")).ShouldBe((1, "wget: download timed out\n"));
        _stage.Store.Delete(ResourceTypes.NetworkPolicies, "shop", "cut");
        (await _stage.ExecAsync("checkout-0", "", "wget", "-qO-", "-T", "20", "http://payments/anything")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_delayed_pod_answers_late_and_a_new_connection_waits_for_its_handshake_too()
    {
        foreach (var pod in _stage.Pods().Where(p => p.Labels()["app"] == "payments"))
        {
            _stage.Kernel.Delays[pod.Uid()] = TimeSpan.FromMilliseconds(150);
        }

        using var http = new PodHttp(_stage.Network, _stage.From("checkout-0"));
        var started = Stopwatch.GetTimestamp();
        await GetBy(http);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290), "handshake and answer");
        started = Stopwatch.GetTimestamp();
        await GetBy(http);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(145), "answer on the kept connection");
    }

    [Fact]
    public async Task A_connection_from_outside_the_sandbox_is_delayed_and_judged_as_well()
    {
        var payments = _stage.Pod("payments-0");
        _stage.Kernel.Delays[payments.Uid()] = TimeSpan.FromMilliseconds(150);
        using var outsider = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        await outsider.GetAsync(new Uri($"http://{payments.Text("status", "podIP")}:8080/healthz"));

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    private static async Task<string> AskAsync(PodConnection connection)
    {
        await connection.WriteAsync("GET /anything HTTP/1.1\r\nHost: payments\r\n\r\n"u8.ToArray());
        var answer = "";
        var buffer = new byte[4096];
        // The whole chunked answer: what is left of it would be read as the next one's beginning.
        while (!answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await connection.ReadAsync(buffer);
            read.ShouldBeGreaterThan(0, $"closed after: {answer}");
            answer += System.Text.Encoding.ASCII.GetString(buffer, 0, read);
        }

        return answer;
    }

    private async Task Get(string pod)
    {
        using var http = new PodHttp(_stage.Network, _stage.From(pod));
        (await GetBy(http)).ShouldBe(200);
    }

    private static async Task<int> GetBy(PodHttp http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://payments/anything");
        using var answer = await http.Client.SendAsync(request, CancellationToken.None);
        await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode;
    }

    private async Task<List<string>> Lines(string pod)
    {
        var lines = new List<string>();
        await foreach (var line in _stage.Workloads.PodRuntime.LogsAsync("shop", pod, "", new LogOptions(), CancellationToken.None))
        {
            lines.Add(line.Text);
        }

        return lines;
    }
}

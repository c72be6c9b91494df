using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

public sealed class KubeletTests : IAsyncDisposable
{
    private const string Payments = "gameday/shop-payments:1";
    private readonly Stage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_pod_of_an_unknown_image_is_a_ghost_running_ready_and_addressed()
    {
        _stage.AddPod("ghost", "nginx:1");
        await Until.HoldsAsync(() => Stage.IsReady(_stage.Pod("ghost")), "the ghost is ready");

        var status = _stage.Pod("ghost").At("status");
        status.Text("phase").ShouldBe("Running");
        status.Text("podIP").ShouldNotBeNull();
        status.Items("containerStatuses").Single().At("state", "running", "startedAt").ShouldNotBeNull();
        _stage.Store.Delete(ResourceTypes.Pods, "shop", "ghost");
        await Until.HoldsAsync(() => !_stage.Exists("ghost"), "the ghost is gone");
    }

    [Fact]
    public async Task A_shop_pod_serves_from_its_address_and_tells_what_happened_to_it()
    {
        var pod = await ServingAsync("payments-a");

        (await FetchAsync(pod, "/healthz")).ShouldBe("ok\n");
        (await FetchAsync(pod, "/charges")).ShouldStartWith("charged");
        var metrics = await FetchAsync(pod, "/metrics");
        metrics.ShouldContain("http_requests_total{code=\"200\",method=\"GET\"} 1");
        metrics.ShouldContain("http_request_duration_seconds_bucket{le=\"0.25\"} 1");
        var reasons = _stage.Store.List(ResourceTypes.Events, "shop").Select(e => e.Text("reason")).ToList();
        reasons.ShouldBe(["Pulled", "Created", "Started"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_pod_ends_gracefully_and_its_address_stops_answering()
    {
        var pod = await ServingAsync("payments-a");
        _stage.Store.Delete(ResourceTypes.Pods, "shop", "payments-a");
        await Until.HoldsAsync(() => !_stage.Exists("payments-a"), "the pod is gone");

        await Should.ThrowAsync<HttpRequestException>(() => FetchAsync(pod, "/healthz"));
        _stage.Kernel.Closed.ShouldContain(pod.Uid());
        _stage.Store.List(ResourceTypes.Events, "shop").Select(e => e.Text("reason")).ShouldContain("Killing");
    }

    [Fact]
    public async Task A_force_deleted_pod_is_reset()
    {
        var pod = await ServingAsync("payments-a");
        _stage.Store.Delete(ResourceTypes.Pods, "shop", "payments-a", DeleteOptions.Now);

        await Until.HoldsAsync(() => Refuses(pod), "the server is gone");
    }

    [Fact]
    public async Task A_killed_container_restarts_with_a_higher_count()
    {
        var pod = await ServingAsync("payments-a");
        await _stage.Workloads.Kubelets.KillContainerAsync(pod.Uid(), "main");
        await Until.HoldsAsync(() => Status().Number("restartCount") == 1 && Status().At("state", "running") is not null, "it runs again");

        Status().Number("lastState", "terminated", "exitCode").ShouldBe(137);
        (await FetchAsync(pod, "/healthz")).ShouldBe("ok\n");
    }

    [Fact]
    public async Task Exec_answers_a_few_commands_and_says_when_it_cannot()
    {
        await ServingAsync("payments-a");

        (await _stage.ExecAsync("payments-a", "main", "hostname")).ShouldBe((0, "payments-a\n"));
        (await _stage.ExecAsync("payments-a", "main", "sh", "-c", "echo hello there")).ShouldBe((0, "hello there\n"));
        (await _stage.ExecAsync("payments-a", "main", "vim")).Code.ShouldBe(127);
    }

    [Fact]
    public async Task A_followed_log_delivers_what_is_written_later()
    {
        var pod = await ServingAsync("payments-a");
        await using var lines = _stage.Workloads.PodRuntime.LogsAsync("shop", "payments-a", "main", new LogOptions(Follow: true), CancellationToken.None).GetAsyncEnumerator();
        var next = lines.MoveNextAsync();
        await FetchAsync(pod, "/charges");

        (await next).ShouldBeTrue();
        lines.Current.Text.ShouldContain("GET /charges 200");
    }

    private System.Text.Json.Nodes.JsonObject Status() => _stage.Pod("payments-a").Items("status", "containerStatuses").Single();

    private async Task<System.Text.Json.Nodes.JsonObject> ServingAsync(string name)
    {
        _stage.AddPod(name, Payments);
        await Until.HoldsAsync(() => Stage.IsReady(_stage.Pod(name)), "the pod is ready");
        return _stage.Pod(name);
    }

    private static async Task<string> FetchAsync(System.Text.Json.Nodes.JsonObject pod, string path)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://{pod.Text("status", "podIP")}:8080{path}"));
    }

    private static bool Refuses(System.Text.Json.Nodes.JsonObject pod)
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            socket.Connect(pod.Text("status", "podIP")!, 8080);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}

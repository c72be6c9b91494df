using System.Text.Json;
using GameDay.Kubernetes;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class RequestTests
{
    private static Task<RecordedServer> Echo() => RecordedServer.StartAsync((context, _) => RecordedServer.WriteAsync(context, 200, "{}"));

    [Fact]
    public async Task The_server_is_told_how_long_it_may_take()
    {
        await using var server = await Echo();
        using var client = new KubernetesClient(server.Configuration, new ManualClock(DateTimeOffset.UtcNow));

        await client.ReadAsync<V1Pod>("a", "shop");
        await client.CreateAsync(new V1ConfigMap { Metadata = new() { Name = "a", Namespace = "gameday" } });
        await client.PatchAsync<V1Pod>(V1Patch.Merge(new { metadata = new { uid = "u" } }), "a", "shop", dryRun: true);

        var (read, create, patch) = (server.Requests.ElementAt(0), server.Requests.ElementAt(1), server.Requests.ElementAt(2));
        read.Query["timeout"].ShouldBe("7s");
        create.Query["timeout"].ShouldBe("5s");
        create.Query["fieldManager"].ShouldBe("gameday");
        create.Path.ShouldBe("/api/v1/namespaces/gameday/configmaps");
        patch.Query["dryRun"].ShouldBe("All");
        patch.MediaType.ShouldBe("application/merge-patch+json");
    }

    [Fact]
    public async Task A_create_writes_kind_and_version_and_leaves_nulls_out()
    {
        await using var server = await Echo();
        using var client = server.Client();

        await client.CreateAsync(new V1NetworkPolicy
        {
            Metadata = new() { Name = "p", Namespace = "shop" },
            Spec = new() { PolicyTypes = ["Ingress"], Ingress = [new() { From = [new() { IpBlock = new("0.0.0.0/0", ["10.0.0.1/32"]) }] }] },
        });

        server.Requests.Single().Body.ShouldBe(
            """{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"p","namespace":"shop"},"spec":{"podSelector":{},"policyTypes":["Ingress"],"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.0.1/32"]}}]}]}}""");
    }

    [Fact]
    public async Task A_delete_says_exactly_which_object()
    {
        await using var server = await Echo();
        using var client = server.Client();

        (await client.DeleteAsync<V1Pod>("a", "shop", V1DeleteOptions.Exactly("u1", "7") with { GracePeriodSeconds = 0 }, dryRun: true)).ShouldBeTrue();

        var body = JsonDocument.Parse(server.Requests.Single().Body).RootElement;
        body.GetProperty("preconditions").GetProperty("uid").GetString().ShouldBe("u1");
        body.GetProperty("preconditions").GetProperty("resourceVersion").GetString().ShouldBe("7");
        body.GetProperty("dryRun")[0].GetString().ShouldBe("All");
        body.GetProperty("gracePeriodSeconds").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task An_ephemeral_container_is_bound_to_the_pods_uid()
    {
        await using var server = await Echo();
        using var client = server.Client();

        await client.AddEphemeralContainerAsync("a", "shop", "u1", new() { Name = "gameday-1", Image = "agent" });

        var request = server.Requests.Single();
        request.Path.ShouldBe("/api/v1/namespaces/shop/pods/a/ephemeralcontainers");
        request.MediaType.ShouldBe("application/strategic-merge-patch+json");
        request.Body.ShouldBe("""{"metadata":{"uid":"u1"},"spec":{"ephemeralContainers":[{"name":"gameday-1","image":"agent"}]}}""");
    }

    [Fact]
    public async Task The_service_proxy_gives_any_status_with_its_time()
    {
        await using var server = await RecordedServer.AnsweringAsync(503, "no endpoints", "text/plain");
        using var client = server.Client();

        var answer = await client.ProxyGetAsync("shop", "storefront", "80", "/buy?item=1");

        answer.Status.ShouldBe(503);
        answer.Body.ShouldBe("no endpoints");
        answer.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
        server.Requests.Single().Path.ShouldBe("/api/v1/namespaces/shop/services/storefront:80/proxy/buy");
        server.Requests.Single().Query["item"].ShouldBe("1");
    }

    [Fact]
    public async Task The_servers_clock_comes_from_its_date_header()
    {
        var serverTime = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        await using var server = await RecordedServer.StartAsync((context, _) =>
        {
            context.Response.Headers.Date = serverTime.ToString("R");
            return RecordedServer.WriteAsync(context, 200, """{"gitVersion":"v1.33.0"}""");
        });
        using var client = server.Client();

        client.ServerClock.Now.ShouldBeNull();
        var now = await client.ReadServerTimeAsync();

        now.ShouldBe(serverTime, TimeSpan.FromSeconds(2));
        client.ServerClock.Skew!.Value.TotalDays.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_lease_is_written_with_exactly_six_digits_of_a_second()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(10);
        var text = System.Text.Encoding.UTF8.GetString(KubernetesJson.Serialize(new V1Lease { Spec = new() { RenewTime = at } }));
        text.ShouldContain("\"renewTime\":\"2026-01-02T03:04:05.000001Z\"");
        KubernetesJson.Deserialize<V1Lease>(System.Text.Encoding.UTF8.GetBytes(text))!.Spec!.RenewTime.ShouldBe(at);
    }

    [Fact]
    public void A_pod_as_a_real_server_writes_it_is_read()
    {
        var pod = KubernetesJson.Deserialize<V1Pod>("""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"cart-5f-x","uid":"u","creationTimestamp":"2026-01-02T03:04:05Z","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-5f","uid":"r","controller":true,"blockOwnerDeletion":true}],"managedFields":[{"manager":"kubelet","operation":"Update","time":"2026-01-02T03:04:06Z","fieldsType":"FieldsV1","fieldsV1":{"f:status":{}},"subresource":"status"}]},
             "spec":{"volumes":[{"name":"x"}],"containers":[{"name":"cart","image":"shop/cart","ports":[{"containerPort":8080,"protocol":"TCP"}]}],"nodeName":"n1"},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-01-02T03:04:07Z"}],"podIP":"127.7.0.4","podIPs":[{"ip":"127.7.0.4"}],
               "ephemeralContainerStatuses":[{"name":"gameday-1","state":{"terminated":{"exitCode":0,"reason":"Completed","message":"{}","finishedAt":"2026-01-02T03:04:08Z"}},"ready":false,"restartCount":0}]}}
            """u8)!;

        pod.IsReady.ShouldBeTrue();
        pod.IsAlive.ShouldBeTrue();
        pod.Metadata.Controller!.Name.ShouldBe("cart-5f");
        pod.Spec!.Containers![0].Ports![0].ContainerPort.ShouldBe(8080);
        pod.EphemeralContainer("gameday-1")!.State!.Terminated!.Message.ShouldBe("{}");
        pod.Metadata.ManagedFields![0].Manager.ShouldBe("kubelet");
    }
}

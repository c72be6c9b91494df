using GameDay.Kubernetes;
using Shouldly;

namespace GameDay.IntegrationTests.Kubernetes;

/// <summary>The client against the sandbox process over TLS: the same code path as a real cluster.</summary>
[Collection("sandbox")]
public sealed class SandboxClientTests(RunningSandbox sandbox)
{
    private KubernetesClient Client => sandbox.Client;

    [Fact]
    public async Task Pods_are_listed_page_by_page_with_all_that_faults_need()
    {
        using var small = new KubernetesClient(KubernetesClientConfiguration.FromKubeConfig(sandbox.Kubeconfig)) { PageSize = 4 };

        var all = await small.ListAsync<V1Pod>("shop");

        all.Items.Count.ShouldBeGreaterThan(10);
        all.Items.Select(pod => pod.Metadata.Uid).Distinct().Count().ShouldBe(all.Items.Count);
        all.Items.ShouldAllBe(pod => pod.Spec!.NodeName != null && pod.Status!.PodIP != null);
        (await Client.ListAsync<V1Node>()).Items.Select(node => node.Zone).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task The_servers_version_and_clock_are_known()
    {
        (await Client.VersionAsync()).GitVersion.ShouldNotBeNull().ShouldStartWith("v1.33");
        (await Client.ReadServerTimeAsync()).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_config_map_goes_through_every_kind_of_change()
    {
        var name = $"cm-{Guid.NewGuid():N}"[..12];
        var created = await Client.CreateAsync(Map(name, "1"));
        created.Metadata.CreationTimestamp.ShouldNotBeNull();
        (await Should.ThrowAsync<KubernetesException>(() => Client.CreateAsync(Map(name, "2")))).Reason.ShouldBe("AlreadyExists");

        var merged = await Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { data = new Dictionary<string, string> { ["b"] = "merge" } }), name, "gameday");
        await Client.PatchAsync<V1ConfigMap>(V1Patch.StrategicMerge(new { data = new Dictionary<string, string> { ["c"] = "strategic" } }), name, "gameday");
        await Client.PatchAsync<V1ConfigMap>(V1Patch.Json(new("test", "/data/b", "merge"), new("replace", "/data/b", "json")), name, "gameday");
        var stale = await Should.ThrowAsync<KubernetesException>(() => Client.ReplaceAsync(merged with { Data = new Dictionary<string, string>() }));
        stale.Code.ShouldBe(409);

        var read = await Client.ReadAsync<V1ConfigMap>(name, "gameday");
        read.Data.ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "json", ["c"] = "strategic" }, ignoreOrder: true);
        await Client.ReplaceAsync(read with { Data = new Dictionary<string, string> { ["z"] = "replaced" } });
        (await Client.ReadAsync<V1ConfigMap>(name, "gameday")).Data!.Keys.ShouldBe(["z"]);

        (await Should.ThrowAsync<KubernetesException>(() => Client.DeleteAsync<V1ConfigMap>(name, "gameday", V1DeleteOptions.Exactly("another")))).Code.ShouldBe(409);
        (await Client.DeleteAsync<V1ConfigMap>(name, "gameday", V1DeleteOptions.Exactly(created.Metadata.Uid!))).ShouldBeTrue();
        (await Client.FindAsync<V1ConfigMap>(name, "gameday")).ShouldBeNull();
    }

    [Fact]
    public async Task Apply_makes_and_changes_an_object()
    {
        var name = $"cm-{Guid.NewGuid():N}"[..12];
        await Client.PatchAsync<V1ConfigMap>(V1Patch.Apply(Map(name, "1")), name, "gameday", force: true);
        await Client.PatchAsync<V1ConfigMap>(V1Patch.Apply(Map(name, "2")), name, "gameday", force: true);

        (await Client.ReadAsync<V1ConfigMap>(name, "gameday")).Data!["a"].ShouldBe("2");
    }

    [Fact]
    public async Task A_dry_run_is_answered_and_leaves_nothing()
    {
        var name = $"cm-{Guid.NewGuid():N}"[..12];
        await Client.CreateAsync(Map(name, "1"), dryRun: true);
        (await Client.FindAsync<V1ConfigMap>(name, "gameday")).ShouldBeNull();

        var pod = (await sandbox.PodsAsync("cart"))[0];
        await Client.DeleteAsync<V1Pod>(pod.Metadata.Name!, "shop", V1DeleteOptions.Exactly(pod.Metadata.Uid!), dryRun: true);
        (await Client.ReadAsync<V1Pod>(pod.Metadata.Name!, "shop")).IsAlive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_watch_sees_a_pod_go_and_its_replacement_come()
    {
        await sandbox.ReadyAsync("catalogue", 2);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string? victim = null;
        var gone = false;
        await foreach (var change in Client.WatchAsync<V1Pod>("shop", "app=catalogue", cancellationToken: patience.Token))
        {
            if (victim is null)
            {
                victim = change.Object.Metadata.Uid;
                await Client.DeleteAsync<V1Pod>(change.Object.Metadata.Name!, "shop", V1DeleteOptions.Exactly(victim!) with { GracePeriodSeconds = 0 });
            }

            gone |= change.Type == WatchEventType.Deleted && change.Object.Metadata.Uid == victim;
            if (gone && change.Type == WatchEventType.Modified && change.Object.IsReady)
                break;
        }

        gone.ShouldBeTrue();
        await sandbox.ReadyAsync("catalogue", 2);
    }

    [Fact]
    public async Task A_deployment_is_scaled_only_from_the_version_that_was_read()
    {
        var scale = await Client.ReadScaleAsync<V1Deployment>("catalogue", "shop");
        scale.Spec.Replicas.ShouldBe(2);

        await Client.PatchScaleAsync<V1Deployment>("catalogue", "shop", 3, scale.Metadata.ResourceVersion);
        await sandbox.ReadyAsync("catalogue", 3);
        (await Should.ThrowAsync<KubernetesException>(() => Client.PatchScaleAsync<V1Deployment>("catalogue", "shop", 5, scale.Metadata.ResourceVersion))).Code.ShouldBe(409);
        await Client.PatchScaleAsync<V1Deployment>("catalogue", "shop", 2);
        await sandbox.ReadyAsync("catalogue", 2);
    }

    [Fact]
    public async Task A_lease_is_renewed()
    {
        var name = $"run-{Guid.NewGuid():N}"[..12];
        var lease = await Client.CreateAsync(new V1Lease { Metadata = new() { Name = name, Namespace = "gameday" }, Spec = new() { HolderIdentity = "me", LeaseDurationSeconds = 20, RenewTime = DateTimeOffset.UtcNow } });
        var renewed = await Client.ReplaceAsync(lease with { Spec = lease.Spec! with { RenewTime = DateTimeOffset.UtcNow.AddSeconds(2) } });

        renewed.Spec!.RenewTime!.Value.ShouldBeGreaterThan(lease.Spec!.RenewTime!.Value);
    }

    [Fact]
    public async Task An_agent_runs_in_an_ephemeral_container_and_answers_exec()
    {
        var pod = (await sandbox.ReadyAsync("storefront", 3))[0];
        var (name, uid) = (pod.Metadata.Name!, pod.Metadata.Uid!);
        (await Should.ThrowAsync<KubernetesException>(() => Client.AddEphemeralContainerAsync(name, "shop", Guid.NewGuid().ToString(), Agent("gameday-00000000-1", "status", "--id", "00000000")))).Code.ShouldBeOneOf(409, 422);

        await Client.AddEphemeralContainerAsync(name, "shop", uid, Agent("gameday-00000000-1", "status", "--id", "00000000"));
        var ended = await RunningSandbox.EventuallyAsync(() => Client.ReadAsync<V1Pod>(name, "shop"), p => p.EphemeralContainer("gameday-00000000-1")?.State?.Terminated is not null, "the agent's end");

        ended.EphemeralContainer("gameday-00000000-1")!.State!.Terminated!.Message.ShouldNotBeNull().ShouldContain("\"state\":\"clean\"");
    }

    [Fact]
    public async Task A_service_is_read_through_the_proxy()
    {
        var answer = await Client.ProxyGetAsync("shop", "storefront", "80", "/checkout");

        answer.Status.ShouldBe(200);
        answer.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_server_is_asked_what_we_may_do() =>
        (await Client.MayAsync(new("delete", "pods") { Namespace = "shop" })).Allowed.ShouldBeTrue();

    [Fact]
    public async Task A_wrong_token_is_unauthorised()
    {
        using var stranger = new KubernetesClient(KubernetesClientConfiguration.FromKubeConfig(sandbox.Kubeconfig) with { Credentials = new StaticCredentials("wrong") });

        (await Should.ThrowAsync<KubernetesException>(() => stranger.ListAsync<V1Pod>("shop"))).Code.ShouldBe(401);
    }

    private static V1ConfigMap Map(string name, string value) =>
        new() { Metadata = new() { Name = name, Namespace = "gameday" }, Data = new Dictionary<string, string> { ["a"] = value } };

    private static V1EphemeralContainer Agent(string name, params string[] args) => new() { Name = name, Image = "gameday/agent:0.1", Args = args };
}

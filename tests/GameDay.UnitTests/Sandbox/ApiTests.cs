using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class ApiTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private const string Metadata = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    [Fact]
    public async Task Without_the_token_nothing_is_told()
    {
        using var stranger = sandbox.NewClient();

        var response = await stranger.GetAsync("/api/v1/pods");

        ((int)response.StatusCode).ShouldBe(401);
        JsonNode.Parse(await response.Content.ReadAsStringAsync()).Text("reason").ShouldBe("Unauthorized");
    }

    [Fact]
    public async Task Every_answer_carries_the_servers_time()
    {
        using var response = await sandbox.Client.GetAsync("/version");

        response.Headers.Date.ShouldNotBeNull();
    }

    [Fact]
    public async Task Lists_come_in_pages_and_filtered()
    {
        var ns = await sandbox.NewNamespaceAsync();
        for (var i = 0; i < 5; i++)
        {
            await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", $$$"""{"metadata":{"name":"c{{{i}}}","labels":{"n":"{{{i}}}","all":"x"} } }""");
        }

        var (_, first) = await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps?limit=2&labelSelector=all");
        var (_, second) = await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps?limit=10&labelSelector=all&continue={Uri.EscapeDataString(first.Text("metadata", "continue")!)}");
        first.Items("items").Concat(second.Items("items")).Select(item => item.Name()).ShouldBe(["c0", "c1", "c2", "c3", "c4"]);
        second.Text("metadata", "resourceVersion").ShouldBe(first.Text("metadata", "resourceVersion"));

        (await Names($"labelSelector={Uri.EscapeDataString("n in (1,3),all")}")).ShouldBe(["c1", "c3"]);
        (await Names($"labelSelector={Uri.EscapeDataString("all,n notin (0,1),n!=2,!gone")}")).ShouldBe(["c3", "c4"]);
        (await Names("fieldSelector=metadata.name%3Dc2")).ShouldBe(["c2"]);
        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps?fieldSelector=spec.x%3Dy")).Code.ShouldBe(400);

        async Task<IEnumerable<string>> Names(string query) =>
            (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps?{query}")).Body.Items("items").Select(item => item.Name());
    }

    [Fact]
    public async Task Tables_and_metadata_are_printed_by_the_server()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");

        var (_, table) = await sandbox.GetAsync($"/api/v1/namespaces/{ns}/pods", Table);
        table.Items("columnDefinitions").Select(column => column.Text("name")).Take(5).ShouldBe(["Name", "Ready", "Status", "Restarts", "Age"]);
        table.Items("rows").First()["cells"]![1]!.GetValue<string>().ShouldBe("1/1");

        var (_, list) = await sandbox.GetAsync($"/api/v1/namespaces/{ns}/pods", Metadata);
        list.Text("kind").ShouldBe("PartialObjectMetadataList");
        list.Items("items").First().ContainsKey("spec").ShouldBeFalse();
    }

    [Fact]
    public async Task Each_patch_type_does_what_it_says()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);
        var path = $"/apis/apps/v1/namespaces/{ns}/deployments/web";

        var (_, strategic) = await sandbox.PatchAsync(path, """{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"A","value":"1"}]}]}}}}""");
        strategic.At("spec", "template", "spec").Items("containers").Single().Text("image").ShouldBe("shop/web:1");

        var (_, merge) = await sandbox.PatchAsync(path, """{"metadata":{"labels":{"x":"1"}},"spec":{"minReadySeconds":0}}""", "merge-patch+json");
        merge.Labels()["x"].ShouldBe("1");

        var (_, json) = await sandbox.PatchAsync(path, """[{"op":"test","path":"/metadata/labels/x","value":"1"},{"op":"remove","path":"/metadata/labels/x"}]""", "json-patch+json");
        json.Labels().Keys.ShouldNotContain("x");

        (await sandbox.PatchAsync(path, """[{"op":"test","path":"/metadata/name","value":"other"}]""", "json-patch+json")).Code.ShouldBe(422);
        (await sandbox.PatchAsync(path, "{}", "strange")).Code.ShouldBe(415);

        var (code, applied) = await sandbox.PatchAsync(
            $"/api/v1/namespaces/{ns}/configmaps/made?fieldManager=me", """{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"b"}}""", "apply-patch+yaml");
        code.ShouldBe(201);
        applied.Items("metadata", "managedFields").Single().Text("manager").ShouldBe("me");
    }

    [Fact]
    public async Task Stale_writers_and_wrong_uids_conflict()
    {
        var ns = await sandbox.NewNamespaceAsync();
        var (_, map) = await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"c"},"data":{"a":"1"}}""");
        var path = $"/api/v1/namespaces/{ns}/configmaps/c";
        await sandbox.PatchAsync(path, """{"data":{"a":"2"}}""", "merge-patch+json");

        var (code, status) = await sandbox.SendAsync(HttpMethod.Put, path, map.ToJsonString());
        (code, status.Text("reason")).ShouldBe((409, "Conflict"));
        (await sandbox.DeleteAsync(path, """{"preconditions":{"uid":"other"}}""")).Code.ShouldBe(409);
        (await sandbox.DeleteAsync(path, $$$"""{"preconditions":{"uid":"{{{map.Uid()}}}"}}""")).Code.ShouldBe(200);
        (await sandbox.GetAsync(path)).Body.Text("reason").ShouldBe("NotFound");
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var ns = await sandbox.NewNamespaceAsync();

        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps?dryRun=All", """{"metadata":{"name":"c"}}""")).Code.ShouldBe(201);

        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps/c")).Code.ShouldBe(404);
        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps?dryRun=Some", """{"metadata":{"name":"c"}}""")).Code.ShouldBe(400);
    }

    [Fact]
    public async Task Ephemeral_containers_only_ever_grow()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);
        var pod = sandbox.Store.List(ResourceTypes.Pods, ns)[0].Name();
        var path = $"/api/v1/namespaces/{ns}/pods/{pod}/ephemeralcontainers";
        string Patch(string container) => $$$"""{"spec":{"ephemeralContainers":[{{{container}}}]}}""";

        (await sandbox.PatchAsync(path + "?dryRun=All", Patch("""{"name":"f0","image":"agent"}"""))).Code.ShouldBe(200);
        (await sandbox.PatchAsync(path, Patch("""{"name":"f1","image":"agent"}"""))).Code.ShouldBe(200);
        (await sandbox.PatchAsync(path, Patch("""{"name":"f1","image":"other"}"""))).Code.ShouldBe(422);
        (await sandbox.PatchAsync(path, Patch("""{"name":"f1","$patch":"delete"}"""))).Code.ShouldBe(422);
        (await sandbox.PatchAsync(path, Patch("""{"name":"main","image":"agent"}"""))).Code.ShouldBe(422);
        (await sandbox.PatchAsync(path, Patch("""{"name":"f2","image":"agent","resources":{"limits":{"cpu":"1"}}}"""))).Code.ShouldBe(422);
        (await sandbox.PatchAsync(path, Patch("""{"name":"f2","image":"agent","targetContainerName":"nobody"}"""))).Code.ShouldBe(422);
        (await sandbox.PatchAsync($"/api/v1/namespaces/{ns}/pods/nobody/ephemeralcontainers", Patch(""))).Code.ShouldBe(404);
        sandbox.Store.Get(ResourceTypes.Pods, ns, pod).Items("spec", "ephemeralContainers").Select(c => c.Text("name")).ShouldBe(["f1"]);
    }

    [Fact]
    public async Task A_baseline_namespace_refuses_an_agent_with_net_admin()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);
        await sandbox.PatchAsync($"/api/v1/namespaces/{ns}", """{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}""");
        var pod = sandbox.Store.List(ResourceTypes.Pods, ns)[0].Name();

        var (code, status) = await sandbox.PatchAsync(
            $"/api/v1/namespaces/{ns}/pods/{pod}/ephemeralcontainers",
            """{"spec":{"ephemeralContainers":[{"name":"f","image":"agent","securityContext":{"capabilities":{"add":["NET_ADMIN"]}}}]}}""");

        code.ShouldBe(403);
        status.Text("message")!.ShouldContain("violates PodSecurity \"baseline:latest\"");
    }

    [Fact]
    public async Task An_eviction_beyond_the_budget_is_refused()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");
        await sandbox.PostAsync($"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets", """{"metadata":{"name":"web"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"web"}}}}""");
        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Get(ResourceTypes.PodDisruptionBudgets, ns, "web").Number("status", "currentHealthy") == 2, "the budget's status");
        var pod = sandbox.Store.List(ResourceTypes.Pods, ns)[0].Name();
        var eviction = $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{pod}}}"}}""";

        var (code, status) = await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods/{pod}/eviction", eviction);
        code.ShouldBe(429);
        status.Items("details", "causes").Single().Text("reason").ShouldBe("DisruptionBudget");

        await sandbox.PatchAsync($"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets/web", """{"spec":{"minAvailable":1}}""");
        await SandboxUnderTest.UntilAsync(
            () => sandbox.Store.Get(ResourceTypes.PodDisruptionBudgets, ns, "web").Number("status", "disruptionsAllowed") == 1, "one disruption allowed");
        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods/{pod}/eviction?dryRun=All", eviction)).Code.ShouldBe(201);
        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods/{pod}/eviction", eviction)).Code.ShouldBe(201);
    }

    [Fact]
    public async Task Scale_is_read_and_written_with_its_version()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web");
        var path = $"/apis/apps/v1/namespaces/{ns}/deployments/web/scale";

        var (_, scale) = await sandbox.GetAsync(path);
        scale.Text("status", "selector").ShouldBe("app=web");
        (await sandbox.PatchAsync(path, """{"spec":{"replicas":3}}""", "merge-patch+json")).Body.Number("spec", "replicas").ShouldBe(3);
        (await sandbox.SendAsync(HttpMethod.Put, path, scale.ToJsonString())).Code.ShouldBe(409);
    }

    [Fact]
    public async Task A_broken_object_is_refused_with_its_causes()
    {
        var ns = await sandbox.NewNamespaceAsync();

        var (code, status) = await sandbox.PostAsync($"/api/v1/namespaces/{ns}/pods", """{"metadata":{"name":"p"},"spec":{"containers":[]}}""");

        (code, status.Text("reason")).ShouldBe((422, "Invalid"));
        status.Items("details", "causes").Single().Text("field").ShouldBe("spec.containers");
        (await sandbox.PostAsync("/api/v1/namespaces/nowhere/pods", """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"b"}]}}""")).Code.ShouldBe(404);
        (await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", "{broken")).Code.ShouldBe(400);
        (await sandbox.GetAsync("/apis/nothing/v1/things")).Code.ShouldBe(404);
    }
}

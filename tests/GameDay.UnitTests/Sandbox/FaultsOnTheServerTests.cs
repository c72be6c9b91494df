using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

/// <summary>What the leak bench does to the API server.</summary>
public sealed class FaultsOnTheServerTests : IAsyncLifetime
{
    private const string Control = "/sandbox/misbehaviours";
    private readonly SandboxUnderTest sandbox = new();

    public ValueTask InitializeAsync() => sandbox.InitializeAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_late_effect_is_not_answered_and_lands_later()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await AskAsync("""{"kind":"lateEffect","pathContains":"/configmaps","delayMilliseconds":1500}""");

        await Should.ThrowAsync<HttpRequestException>(() => CreateAsync(ns, "late", "?timeout=30s"));

        sandbox.Store.Find(ResourceTypes.ConfigMaps, ns, "late").ShouldBeNull();
        await SandboxUnderTest.UntilAsync(() => sandbox.Store.Find(ResourceTypes.ConfigMaps, ns, "late") is not null, "the late effect");
    }

    [Fact]
    public async Task A_late_effect_lands_no_later_than_the_requests_own_timeout()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await AskAsync("""{"kind":"lateEffect","pathContains":"/configmaps","delayMilliseconds":3600000}""");

        await Should.ThrowAsync<HttpRequestException>(() => CreateAsync(ns, "late", "?timeout=500ms"));

        await SandboxUnderTest.UntilAsync(() => sandbox.Store.Find(ResourceTypes.ConfigMaps, ns, "late") is not null, "the late effect");
    }

    [Fact]
    public async Task A_stale_read_shows_what_was_and_never_less_than_the_version_asked_for()
    {
        var ns = await sandbox.NewNamespaceAsync();
        (await CreateAsync(ns, "old")).ShouldBe(201);
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        (await CreateAsync(ns, "new")).ShouldBe(201);
        var version = sandbox.Store.Get(ResourceTypes.ConfigMaps, ns, "new").ResourceVersion();
        await AskAsync("""{"kind":"staleRead","pathContains":"/configmaps","delayMilliseconds":1000,"times":3}""");

        var list = (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps")).Body;
        Own(list).Select(item => item.Name()).ShouldBe(["old"]);
        long.Parse(list.ResourceVersion()).ShouldBeLessThan(long.Parse(version));
        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps/new")).Code.ShouldBe(404);
        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps?resourceVersion={version}")).Body.Items("items").Select(item => item.Name()).ShouldContain("new");
        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps/new")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_stale_read_brings_back_what_was_deleted_and_undoes_what_was_changed()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await CreateAsync(ns, "deleted");
        await CreateAsync(ns, "changed");
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        await sandbox.DeleteAsync($"/api/v1/namespaces/{ns}/configmaps/deleted");
        await sandbox.PatchAsync($"/api/v1/namespaces/{ns}/configmaps/changed", """{"data":{"a":"b"}}""", "merge-patch+json");
        await AskAsync("""{"kind":"staleRead","pathContains":"/configmaps","delayMilliseconds":1000}""");

        var items = Own((await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps")).Body);

        items.Select(item => item.Name()).ShouldBe(["changed", "deleted"]);
        items.ShouldAllBe(item => item["data"] == null);
    }

    [Fact]
    public async Task Away_breaks_what_is_open_and_what_comes_for_its_time_only()
    {
        await using var watch = await sandbox.Client.GetStreamAsync("/api/v1/nodes?watch=true");
        await AskAsync("""{"kind":"away","forMilliseconds":2000}""");

        await Should.ThrowAsync<Exception>(() => watch.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(30)));
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.GetAsync("/api/v1/nodes"));
        await SandboxUnderTest.UntilAsync(Answers, "the API back");
    }

    [Fact]
    public async Task Misbehaviour_can_be_kept_to_one_client()
    {
        await AskAsync("""{"kind":"internalError","userAgentContains":"reaper","forMilliseconds":60000}""");

        (await sandbox.GetAsync("/api/v1/nodes")).Code.ShouldBe(200);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes");
        request.Headers.UserAgent.ParseAdd("gameday-reaper/1");
        using var response = await sandbox.Client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(500);
    }

    [Fact]
    public async Task Forbidden_speaks_as_Pod_Security_does()
    {
        await AskAsync("""{"kind":"forbidden","pathContains":"/ephemeralcontainers"}""");

        var (code, status) = await sandbox.PatchAsync("/api/v1/namespaces/default/pods/a/ephemeralcontainers", "{}");

        code.ShouldBe(403);
        status.Text("message")!.ShouldStartWith("pods \"a\" is forbidden: violates PodSecurity");
    }

    [Fact]
    public async Task The_servers_clock_can_be_wrong_in_header_and_objects()
    {
        (await sandbox.PostAsync("/sandbox/clock", """{"offsetSeconds":-300}""")).Code.ShouldBe(200);
        var ns = await sandbox.NewNamespaceAsync();
        using var response = await sandbox.Client.GetAsync("/version", TestContext.Current.CancellationToken);

        var wrong = DateTimeOffset.UtcNow.AddSeconds(-240);
        response.Headers.Date!.Value.ShouldBeLessThan(wrong);
        sandbox.Store.Get(ResourceTypes.Namespaces, null, ns).Time("metadata", "creationTimestamp")!.Value.ShouldBeLessThan(wrong);
    }

    [Fact]
    public async Task Somebody_else_can_scale_under_their_own_name()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.DeployAsync(ns, "web", 1);

        var (code, scaled) = await sandbox.PostAsync("/sandbox/scale", $$"""{"namespace":"{{ns}}","deployment":"web","replicas":3}""");

        code.ShouldBe(200);
        scaled.Number("spec", "replicas").ShouldBe(3);
        var owner = scaled.Items("metadata", "managedFields").Single(entry => entry.At("fieldsV1", "f:spec", "f:replicas") is not null);
        owner.Text("manager").ShouldBe("kube-controller-manager");
    }

    // Every namespace has the authority's certificate in it.
    private static List<JsonObject> Own(JsonObject list) => [.. list.Items("items").Where(item => item.Name() != "kube-root-ca.crt")];

    private bool Answers()
    {
        try
        {
            using var response = sandbox.Client.Send(new HttpRequestMessage(HttpMethod.Get, "/readyz"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<int> CreateAsync(string ns, string name, string options = "") => (await sandbox.PostAsync(
        $"/api/v1/namespaces/{ns}/configmaps{options}", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString())).Code;

    private async Task AskAsync(string body) => (await sandbox.PostAsync(Control, body)).Code.ShouldBe(200);
}

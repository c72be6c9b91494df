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
        await AskAsync("""{"kind":"lateEffect","pathContains":"/configmaps","delayMilliseconds":6000}""");

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
    public async Task A_stale_read_shows_what_was()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await CreateAsync(ns, "old");
        await Task.Delay(2600, TestContext.Current.CancellationToken);
        var (seen, tries) = (true, 0);
        // What is made must be read within the age it is hidden for; a machine that is too slow for that tries again.
        for (; seen && tries < 10; tries++)
        {
            await AskAsync("""{"kind":"staleRead","pathContains":"/configmaps","method":"GET","delayMilliseconds":2500}""");
            await CreateAsync(ns, $"new-{tries}");
            var names = (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps")).Body.Items("items").Select(item => item.Name()).ToList();
            names.ShouldContain("old");
            seen = names.Contains($"new-{tries}");
        }

        seen.ShouldBeFalse();
        (await sandbox.GetAsync($"/api/v1/namespaces/{ns}/configmaps/new-{tries - 1}")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Away_breaks_what_is_open_and_what_comes_for_its_time_only()
    {
        await using var watch = await sandbox.Client.GetStreamAsync("/api/v1/nodes?watch=true");
        await AskAsync("""{"kind":"away","forMilliseconds":600000}""");

        await Should.ThrowAsync<Exception>(() => watch.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(30)));
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.GetAsync("/api/v1/nodes"));
        (await sandbox.DeleteAsync(Control)).Code.ShouldBe(200);
        (await sandbox.GetAsync("/api/v1/nodes")).Code.ShouldBe(200);
        await AskAsync("""{"kind":"away","forMilliseconds":100}""");
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

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class WatchTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    [Fact]
    public async Task A_watch_goes_on_where_a_list_ended()
    {
        var ns = await sandbox.NewNamespaceAsync();
        var path = $"/api/v1/namespaces/{ns}/configmaps";
        await sandbox.PostAsync(path, """{"metadata":{"name":"before"}}""");
        var (_, list) = await sandbox.GetAsync(path);
        await sandbox.PostAsync(path, """{"metadata":{"name":"c","labels":{"a":"1"}}}""");
        await sandbox.PatchAsync(path + "/c", """{"metadata":{"labels":{"a":"2"}}}""");
        await sandbox.DeleteAsync(path + "/c");

        var version = list.Text("metadata", "resourceVersion");
        (await EventsAsync($"{path}?watch=1&timeoutSeconds=1&resourceVersion={version}")).ShouldBe(["ADDED c", "MODIFIED c", "DELETED c"]);
        (await EventsAsync($"{path}?watch=1&timeoutSeconds=1&resourceVersion={version}&labelSelector=a%3D1")).ShouldBe(["ADDED c", "DELETED c"]);
        (await EventsAsync($"{path}?watch=1&timeoutSeconds=1&resourceVersion={version}&labelSelector=a%3D2")).ShouldBe(["ADDED c", "DELETED c"]);
    }

    [Fact]
    public async Task A_watch_without_a_version_begins_with_what_exists()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"c"}}""");

        (await EventsAsync($"/api/v1/namespaces/{ns}/configmaps?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dc")).ShouldBe(["ADDED c"]);
    }

    [Theory]
    [InlineData("999999999")]
    [InlineData("1")]
    public async Task A_version_from_another_time_has_expired(string version)
    {
        for (var i = 0; i < 5000; i++)
        {
            sandbox.Store.Mutate(ResourceTypes.Namespaces, null, "kube-public", item => item.Ensure("metadata", "annotations")["count"] = i.ToString());
        }

        var (code, line) = await sandbox.GetAsync($"/api/v1/namespaces?watch=true&timeoutSeconds=1&resourceVersion={version}");

        (code, line.Text("type"), line.Text("object", "code"), line.Text("object", "reason")).ShouldBe((200, "ERROR", "410", "Expired"));
    }

    [Fact]
    public async Task A_watch_can_be_read_as_a_table()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"c"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dc");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");

        using var response = await sandbox.Client.SendAsync(request);

        var line = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        line["object"]!["rows"]![0]!["cells"]![0]!.GetValue<string>().ShouldBe("c");
    }

    [Fact]
    public async Task A_watch_of_metadata_alone_sends_nothing_else()
    {
        var ns = await sandbox.NewNamespaceAsync();
        await sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"c"},"data":{"a":"b"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dc");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");

        using var response = await sandbox.Client.SendAsync(request);

        var item = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["object"]!.AsObject();
        item.Text("kind").ShouldBe("PartialObjectMetadata");
        item.Name().ShouldBe("c");
        item.Select(field => field.Key).ShouldBe(["kind", "apiVersion", "metadata"]);
    }

    [Fact]
    public async Task A_watch_that_begins_with_much_sends_all_of_it()
    {
        var ns = await sandbox.NewNamespaceAsync();
        var text = new string('x', 10_000);
        for (var i = 0; i < 40; i++)
        {
            sandbox.Store.Create(ResourceTypes.ConfigMaps, new JsonObject { ["metadata"] = new JsonObject { ["name"] = $"c{i}", ["namespace"] = ns }, ["data"] = new JsonObject { ["a"] = text } });
        }

        (await EventsAsync($"/api/v1/namespaces/{ns}/configmaps?watch=true&timeoutSeconds=2")).Count(line => line.StartsWith("ADDED c", StringComparison.Ordinal)).ShouldBe(40);
    }

    private async Task<List<string>> EventsAsync(string path)
    {
        var lines = (await sandbox.Client.GetStringAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!.AsObject()).Select(change => $"{change.Text("type")} {change["object"]!.AsObject().Name()}")];
    }
}

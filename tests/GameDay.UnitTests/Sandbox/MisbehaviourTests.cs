using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class MisbehaviourTests(SandboxUnderTest sandbox) : IClassFixture<SandboxUnderTest>
{
    private const string Control = "/sandbox/misbehaviours";

    [Theory]
    [InlineData("tooManyRequests", 429)]
    [InlineData("internalError", 500)]
    public async Task It_fails_as_often_as_asked_and_then_no_more(string kind, int code)
    {
        await AskAsync($$"""{"kind":"{{kind}}","pathContains":"/nodes","times":2} """);

        (await sandbox.GetAsync("/api/v1/nodes")).Code.ShouldBe(code);
        (await sandbox.GetAsync("/api/v1/namespaces")).Code.ShouldBe(200);
        (await sandbox.GetAsync("/api/v1/nodes")).Code.ShouldBe(code);
        (await sandbox.GetAsync("/api/v1/nodes")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_reset_does_nothing_and_a_lost_answer_hides_what_was_done()
    {
        var ns = await sandbox.NewNamespaceAsync();
        foreach (var (kind, name) in new[] { ("reset", "undone"), ("lostAnswer", "done") })
        {
            await AskAsync($$"""{"kind":"{{kind}}","pathContains":"/configmaps","method":"POST"} """);
            await Should.ThrowAsync<HttpRequestException>(() =>
                sandbox.PostAsync($"/api/v1/namespaces/{ns}/configmaps", $$"""{"metadata": {"name":"{{name}}"} } """));
        }

        sandbox.Store.Find(ResourceTypes.ConfigMaps, ns, "undone").ShouldBeNull();
        sandbox.Store.Find(ResourceTypes.ConfigMaps, ns, "done").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_slow_answer_ends_at_the_timeout_the_client_named()
    {
        await AskAsync("""{"kind":"slow","pathContains":"/services","delayMilliseconds":60000}""");

        var (code, status) = await sandbox.GetAsync("/api/v1/services?timeout=0m0.2s");

        (code, status.Text("reason")).ShouldBe((504, "Timeout"));
        (await sandbox.GetAsync("/api/v1/services?timeout=soon")).Code.ShouldBe(400);
    }

    [Fact]
    public async Task An_open_watch_can_be_lost()
    {
        await using var watch = await sandbox.Client.GetStreamAsync("/api/v1/nodes?watch=true");

        await AskAsync("""{"kind":"lostWatch","times":0}""");

        await Should.ThrowAsync<Exception>(() => watch.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task An_unknown_kind_is_refused() => (await sandbox.PostAsync(Control, """{"kind":"dance"}""")).Code.ShouldBe(400);

    private async Task AskAsync(string body) => (await sandbox.PostAsync(Control, body)).Code.ShouldBe(200);
}

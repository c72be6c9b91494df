using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

public sealed class WatchTests(ServerUnderTest server) : ContractTests(server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    [Call("WATCH configmaps")]
    public async Task A_watch_tells_what_is_there_and_then_every_change()
    {
        await Client.CreateAsync(Map("one", labels: ("seen", "yes")));
        using var patience = new CancellationTokenSource(Patience);
        await using var events = Client.WatchAsync<V1ConfigMap>(Namespace, "seen=yes", cancellationToken: patience.Token).GetAsyncEnumerator(patience.Token);

        (await NextAsync(events)).ShouldBe((WatchEventType.Added, "one"));
        await Client.CreateAsync(Map("unseen"));
        await Client.CreateAsync(Map("two", labels: ("seen", "yes")));
        (await NextAsync(events)).ShouldBe((WatchEventType.Added, "two"));
        await Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { data = Labels(("b", "2")) }), "one", Namespace);
        (await NextAsync(events)).ShouldBe((WatchEventType.Modified, "one"));
        await Client.PatchAsync<V1ConfigMap>(V1Patch.Merge(new { metadata = new { labels = new { seen = "no" } } }), "one", Namespace);
        (await NextAsync(events)).ShouldBe((WatchEventType.Deleted, "one"), "it no longer matches");
        await Client.DeleteAsync<V1ConfigMap>("two", Namespace);
        (await NextAsync(events)).ShouldBe((WatchEventType.Deleted, "two"));
    }

    [Fact]
    [Call("WATCH pods?fieldSelector=")]
    public async Task A_watch_follows_one_object_by_name()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Client.CreateAsync(Waiting("one"));
        await using var events = Client.WatchAsync<V1Pod>(Namespace, fieldSelector: "metadata.name=two", cancellationToken: patience.Token).GetAsyncEnumerator(patience.Token);
        var next = NextAsync(events);

        await Client.CreateAsync(Waiting("two"));

        (await next).ShouldBe((WatchEventType.Added, "two"));
    }

    [Fact]
    [Call("WATCH with timeoutSeconds, taken up again where it ended")]
    public async Task A_watch_that_the_server_ends_goes_on_without_losing_or_repeating_anything()
    {
        using var shortLived = new KubernetesClient(Server.Configuration) { WatchLife = TimeSpan.FromSeconds(1) };
        using var patience = new CancellationTokenSource(Patience);
        await using var events = shortLived.WatchAsync<V1ConfigMap>(Namespace, "number", cancellationToken: patience.Token).GetAsyncEnumerator(patience.Token);

        foreach (var number in Enumerable.Range(0, 5))
        {
            var next = NextAsync(events);
            await Task.Delay(400);
            await Client.CreateAsync(Map($"map-{number}", labels: ("number", $"{number}")));
            (await next).ShouldBe((WatchEventType.Added, $"map-{number}"));
        }
    }

    [Fact]
    [Call("WATCH from a version the server has forgotten: 410")]
    public async Task A_place_that_is_too_old_is_answered_with_410()
    {
        var lines = await Server.WatchLinesAsync($"api/v1/namespaces/{Namespace}/configmaps?watch=true&resourceVersion=1&timeoutSeconds=20");

        var status = lines.ShouldHaveSingleItem();
        status.GetProperty("type").GetString().ShouldBe("ERROR");
        status.GetProperty("object").GetProperty("code").GetInt32().ShouldBe(410);
        status.GetProperty("object").GetProperty("reason").GetString().ShouldBeOneOf("Expired", "Gone");
    }

    [Fact]
    [Call("WATCH?allowWatchBookmarks=true", since: "1.16")]
    public async Task Now_and_then_a_watch_tells_how_far_it_has_come()
    {
        var place = (await Client.ListAsync<V1ConfigMap>(Namespace)).Metadata.ResourceVersion;
        await Client.CreateAsync(Map("unmatched"));
        // 1.20 does so once a minute only, newer ones also before the end.
        var life = Server.Version < new Version(1, 24) ? 85 : 6;

        var lines = await Server.WatchLinesAsync($"api/v1/namespaces/{Namespace}/configmaps?watch=true&allowWatchBookmarks=true&labelSelector=matches%3Dnothing&resourceVersion={place}&timeoutSeconds={life}", most: 1);

        var bookmark = lines.ShouldHaveSingleItem();
        bookmark.GetProperty("type").GetString().ShouldBe("BOOKMARK");
        bookmark.GetProperty("object").GetProperty("metadata").GetProperty("resourceVersion").GetString().ShouldNotBeNullOrEmpty();
    }

    private static async Task<(WatchEventType, string?)> NextAsync<T>(IAsyncEnumerator<WatchEvent<T>> events)
        where T : IKubernetesObject
    {
        (await events.MoveNextAsync()).ShouldBeTrue();
        return (events.Current.Type, events.Current.Object.Metadata.Name);
    }
}

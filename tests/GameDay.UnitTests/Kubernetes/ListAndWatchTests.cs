using System.Text.Json;
using GameDay.Kubernetes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class ListAndWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_list_takes_all_pages()
    {
        await using var server = await RecordedServer.StartAsync((context, request) => RecordedServer.WriteAsync(context, 200, request.Query.GetValueOrDefault("continue") switch
        {
            null => List("5", "one", Pod("a", "1")),
            "one" => List("5", "two", Pod("b", "2")),
            _ => List("5", null, Pod("c", "3")),
        }));
        using var client = server.Client();

        var pods = await client.ListAsync<V1Pod>("shop", "app=cart");

        pods.Items.Select(pod => pod.Metadata.Name).ShouldBe(["a", "b", "c"]);
        pods.Metadata.ResourceVersion.ShouldBe("5");
        server.Requests.ShouldAllBe(request => request.Query["labelSelector"] == "app=cart" && request.Query["limit"] == "500");
    }

    [Fact]
    public async Task A_page_token_that_grew_too_old_starts_the_list_again()
    {
        var expired = 0;
        await using var server = await RecordedServer.StartAsync((context, request) =>
        {
            if (request.Query.GetValueOrDefault("continue") is null)
                return RecordedServer.WriteAsync(context, 200, List("5", "old", Pod("a", "1")));
            return Interlocked.Increment(ref expired) == 1
                ? RecordedServer.WriteAsync(context, 410, """{"kind":"Status","code":410,"reason":"Expired"}""")
                : RecordedServer.WriteAsync(context, 200, List("6", null, Pod("b", "2")));
        });
        using var client = server.Client();

        (await client.ListAsync<V1Pod>("shop")).Items.Select(pod => pod.Metadata.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_null_list_is_empty()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, """{"metadata":{"resourceVersion":"1"},"items":null}""");
        using var client = server.Client();

        (await client.ListAsync<V1Pod>()).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_watch_resumes_where_a_truncated_line_broke_it_off()
    {
        await using var server = await WatchingAsync(
            list: () => List("10", null, Pod("a", "9")),
            [
                Line("ADDED", Pod("b", "11")) + Line("BOOKMARK", Pod("", "15")) + """{"type":"MODIFIED","object":{"metadata":{"na""",
                Line("MODIFIED", Pod("a", "16")),
            ]);
        using var client = server.Client();

        var seen = await TakeAsync(client, 3);

        seen.ShouldBe(["Added a", "Added b", "Modified a"]);
        server.Requests.Where(request => request.Query.ContainsKey("watch")).Take(2).Select(request => request.Query["resourceVersion"]).ShouldBe(["10", "15"]);
    }

    [Fact]
    public async Task A_forgotten_place_is_mended_by_a_new_list_that_reports_what_went_away()
    {
        var lists = 0;
        await using var server = await WatchingAsync(
            list: () => Interlocked.Increment(ref lists) == 1 ? List("10", null, Pod("a", "1"), Pod("b", "2")) : List("20", null, Pod("b", "12"), Pod("c", "13")),
            [
                """{"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}}""" + "\n",
                Line("DELETED", Pod("c", "21")),
            ]);
        using var client = server.Client();

        (await TakeAsync(client, 6)).ShouldBe(["Added a", "Added b", "Deleted a", "Modified b", "Added c", "Deleted c"]);
    }

    [Fact]
    public async Task A_watch_outlives_a_server_that_fails_for_a_while_and_tells()
    {
        var calls = 0;
        await using var server = await RecordedServer.StartAsync((context, request) => Interlocked.Increment(ref calls) switch
        {
            <= 4 => RecordedServer.WriteAsync(context, 503, "down", "text/plain"), // the list alone is tried four times
            5 => RecordedServer.WriteAsync(context, 200, "<html>", "text/html"),
            _ => RecordedServer.WriteAsync(context, 200, List("1", null, Pod("a", "1"))),
        });
        using var client = server.Client();
        var problems = new List<Exception>();

        (await TakeAsync(client, 1, problems.Add)).ShouldBe(["Added a"]);

        problems.Count.ShouldBe(2);
        problems[0].ShouldBeOfType<KubernetesException>();
        problems[1].ShouldBeOfType<ClusterUnreachableException>();
    }

    [Fact]
    public async Task A_watch_that_is_forbidden_ends_with_the_refusal()
    {
        await using var server = await RecordedServer.AnsweringAsync(403, """{"kind":"Status","code":403,"reason":"Forbidden","message":"no"}""");
        using var client = server.Client();

        (await Should.ThrowAsync<KubernetesException>(() => TakeAsync(client, 1))).Code.ShouldBe(403);
    }

    private static Task<RecordedServer> WatchingAsync(Func<string> list, string[] streams)
    {
        var next = -1;
        return RecordedServer.StartAsync(async (context, request) =>
        {
            if (!request.Query.ContainsKey("watch"))
            {
                await RecordedServer.WriteAsync(context, 200, list());
                return;
            }

            var index = Interlocked.Increment(ref next);
            if (index < streams.Length)
                await context.Response.WriteAsync(streams[index], context.RequestAborted);
            else
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
    }

    private static async Task<List<string>> TakeAsync(KubernetesClient client, int count, Action<Exception>? onInterrupted = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<string>();
        await foreach (var change in client.WatchAsync<V1Pod>("shop", onInterrupted: onInterrupted, cancellationToken: patience.Token))
        {
            seen.Add($"{change.Type} {change.Object.Metadata.Name}");
            if (seen.Count == count)
                break;
        }

        return seen;
    }

    private static string Line(string type, object pod) => JsonSerializer.Serialize(new { type, @object = pod }) + "\n";

    private static object Pod(string name, string version) => new { metadata = new { name, uid = $"uid-{name}", resourceVersion = version } };

    private static string List(string version, string? next, params object[] items) =>
        JsonSerializer.Serialize(new { metadata = new Dictionary<string, string?> { ["resourceVersion"] = version, ["continue"] = next }, items });
}

using System.Collections.Concurrent;
using GameDay.Kubernetes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>What is sent again, and what never is.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_read_is_sent_again_when_the_server_stumbles(int code)
    {
        await using var server = await AfterAsync(context => RecordedServer.WriteAsync(context, code, "not now", "text/plain"));
        using var client = server.Client();

        (await client.ReadAsync<V1ConfigMap>("a", "gameday")).Metadata.Name.ShouldBe("a");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_is_sent_again_when_its_answer_broke_off()
    {
        await using var server = await AfterAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = server.Client();

        (await client.ReadAsync<V1ConfigMap>("a", "gameday")).Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_read_is_given_up_after_four_tries()
    {
        await using var server = await RecordedServer.AnsweringAsync(503, "no", "text/plain");
        using var client = server.Client();

        (await Should.ThrowAsync<KubernetesException>(() => client.ReadAsync<V1Pod>("a", "b"))).Code.ShouldBe(503);
        server.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_change_that_may_have_been_made_is_never_sent_again(int code)
    {
        await using var server = await AfterAsync(context =>
        {
            context.Response.Headers.RetryAfter = "0";
            return RecordedServer.WriteAsync(context, code, "not now", "text/plain");
        });
        using var client = server.Client();

        (await Should.ThrowAsync<KubernetesException>(() => client.CreateAsync(Map()))).Code.ShouldBe(code);
        await server.DisposeAsync();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_never_sent_again()
    {
        await using var server = await AfterAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = server.Client();

        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map()))).MayHaveLanded.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_was_turned_away_unread_is_sent_again_with_the_time_that_is_left()
    {
        await using var server = await AfterAsync(context =>
        {
            context.Response.Headers.RetryAfter = "1";
            return RecordedServer.WriteAsync(context, 429, "Too many requests, please try again later.", "text/plain");
        });
        using var client = server.Client();

        await client.CreateAsync(Map());

        var limits = server.Requests.Select(request => Seconds(request.Query["timeout"])).ToArray();
        limits[0].ShouldBeInRange(1, 5);
        limits[1].ShouldBeInRange(0.1, limits[0] - 0.9);
    }

    [Fact]
    public async Task A_wait_longer_than_the_call_may_take_is_the_callers_to_decide()
    {
        await using var server = await RecordedServer.StartAsync((context, request) =>
        {
            if (request.Method == "GET")
                return RecordedServer.WriteAsync(context, 404, "");
            context.Response.Headers.RetryAfter = "10";
            return RecordedServer.WriteAsync(context, 429, "The disruption budget cart is still being processed by the server.", "text/plain");
        });
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.EvictAsync("cart-0", "shop", "uid"));

        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        server.Requests.Count(request => request.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task What_a_service_answers_through_the_proxy_is_never_asked_twice()
    {
        await using var server = await RecordedServer.AnsweringAsync(503, "down", "text/plain");
        using var client = server.Client();

        (await client.ProxyGetAsync("shop", "storefront", "80")).Status.ShouldBe(503);
        server.Requests.Count.ShouldBe(1);
        server.Requests.Single().Query.Keys.ShouldNotContain("timeout", "it would reach the service");
    }

    [Fact]
    public async Task Calls_share_connections()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        await using var server = await RecordedServer.StartAsync((context, _) =>
        {
            connections[context.Connection.Id] = true;
            return RecordedServer.WriteAsync(context, 200, "{}");
        });
        using var client = server.Client();

        for (var i = 0; i < 20; i++)
            await client.VersionAsync();

        connections.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_is_cancelled_by_its_caller()
    {
        await using var server = await RecordedServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = server.Client();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => client.ReadAsync<V1Pod>("a", "b", stop.Token));
    }

    private static Task<RecordedServer> AfterAsync(Func<HttpContext, Task> trouble)
    {
        var asked = 0;
        return RecordedServer.StartAsync((context, _) =>
            Interlocked.Increment(ref asked) == 1 ? trouble(context) : RecordedServer.WriteAsync(context, 200, """{"metadata":{"name":"a"}}"""));
    }

    private static double Seconds(string duration) => duration.EndsWith("ms", StringComparison.Ordinal) ? double.Parse(duration[..^2]) / 1000 : double.Parse(duration[..^1]);

    private static V1ConfigMap Map() => new() { Metadata = new() { Name = "a", Namespace = "gameday" } };
}

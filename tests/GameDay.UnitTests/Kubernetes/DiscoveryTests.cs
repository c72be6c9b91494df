using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>Servers of several ages: the same calls end where each has them.</summary>
public sealed class DiscoveryTests
{
    private const string Pods = """{"kind":"APIResourceList","resources":[{"name":"pods"},{"name":"pods/eviction","group":"policy","version":"VERSION","kind":"Eviction"}]}""";

    [Theory]
    [InlineData("apis/autoscaling/v2", "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers")]
    [InlineData("apis/autoscaling/v2beta2", "/apis/autoscaling/v2beta2/namespaces/shop/horizontalpodautoscalers")]
    [InlineData("apis/nothing/v1", "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers")]
    public async Task Autoscalers_are_listed_where_the_server_has_them(string served, string asked)
    {
        await using var server = await RecordedServer.StartAsync((context, request) => request.Path.EndsWith("autoscalers", StringComparison.Ordinal)
            ? RecordedServer.WriteAsync(context, 200, """{"metadata":{},"items":[]}""")
            : RecordedServer.WriteAsync(context, request.Path == "/" + served ? 200 : 404, """{"resources":[]}"""));
        using var client = server.Client();

        await client.ListAsync<V2HorizontalPodAutoscaler>("shop");
        await client.ListAsync<V2HorizontalPodAutoscaler>("shop");

        server.Requests.Select(request => request.Path).Where(path => path.EndsWith("autoscalers", StringComparison.Ordinal)).ShouldBe([asked, asked]);
        server.Requests.Count.ShouldBeLessThanOrEqualTo(4, "it is asked once");
    }

    [Theory]
    [InlineData("v1", 200, "policy/v1")]
    [InlineData("v1beta1", 200, "policy/v1beta1")]
    [InlineData("v1beta1", 403, "policy/v1")]
    public async Task An_eviction_is_written_in_the_version_the_server_takes(string version, int code, string written)
    {
        await using var server = await RecordedServer.StartAsync((context, request) => request.Method == "POST"
            ? RecordedServer.WriteAsync(context, 201, """{"kind":"Status","status":"Success"}""")
            : RecordedServer.WriteAsync(context, code, Pods.Replace("VERSION", version, StringComparison.Ordinal)));
        using var client = server.Client();

        await client.EvictAsync("cart-0", "shop", "uid");

        server.Requests.Single(request => request.Method == "POST").Body.ShouldContain($"\"apiVersion\":\"{written}\"");
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_moved()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, """{"metadata":{},"items":[]}""");
        using var client = server.Client();

        await client.ListAsync<V1Pod>("shop");

        server.Requests.Count.ShouldBe(1);
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Integrations.Prometheus;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Integrations;

public sealed class PrometheusTests
{
    private static readonly ProbeSpec Probe = new() { Name = "rate", Question = "?", Tolerance = new Tolerance(Min: 1), Promql = new PromqlProbe("sum(rate(x{a=\"b\"}[1m]))") };

    [Fact]
    public async Task A_query_that_gives_one_number_is_read() =>
        (await ReadAsync("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"42.5"]}]}}""")).ShouldBe([42.5]);

    [Fact]
    public async Task A_scalar_is_read() =>
        (await ReadAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"7"]}}""")).ShouldBe([7]);

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]},{"metric":{},"value":[1,"2"]}]}}""")]
    public async Task Nothing_several_or_NaN_is_no_data(string body) => await Should.ThrowAsync<HttpRequestException>(() => ReadAsync(body));

    [Fact]
    public async Task Without_a_server_the_probe_says_what_to_configure()
    {
        var probe = new PrometheusProbe(new HttpClient(), new PrometheusOptions());
        (await Should.ThrowAsync<VendorRefused>(() => probe.ReadAsync("sandbox", Probe, TestContext.Current.CancellationToken))).Message.ShouldContain("Prometheus:BaseAddress");
    }

    private static async Task<IReadOnlyList<double>> ReadAsync(string body)
    {
        await using var server = await VendorServer.StartAsync((_, c) => c.Response.WriteAsync(body));
        var read = await new PrometheusProbe(new HttpClient(), new PrometheusOptions { BaseAddress = server.Address }).ReadAsync("sandbox", Probe, TestContext.Current.CancellationToken);
        server.Requests.ShouldHaveSingleItem().Query.ShouldContain("query=sum%28rate%28x%7Ba%3D%22b%22%7D%5B1m%5D%29%29");
        return read;
    }
}

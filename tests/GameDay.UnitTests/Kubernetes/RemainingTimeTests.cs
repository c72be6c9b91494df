using System.Security.Cryptography.X509Certificates;
using GameDay.Kubernetes;
using GameDay.UnitTests.Agent;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>Whatever happens before a sending takes from the time that the change may still take.</summary>
public sealed class RemainingTimeTests
{
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_change_sent_again_with_fresh_credentials_has_the_time_that_is_left()
    {
        await using var server = await RefusingOnceAsync();
        using var client = Client(server, signingIn: TimeSpan.FromSeconds(3));

        await client.CreateAsync(Map());

        server.Requests.Select(request => request.Query["timeout"]).ShouldBe(["5s", "2s"]);
    }

    [Fact]
    public async Task A_change_is_not_sent_again_when_signing_in_used_up_its_time()
    {
        await using var server = await RefusingOnceAsync();
        using var client = Client(server, signingIn: TimeSpan.FromSeconds(5));

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map()));

        away.Message.ShouldContain("was not sent");
        away.MayHaveLanded.ShouldBeFalse();
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(4950)]
    [InlineData(5000)]
    [InlineData(6000)]
    public void A_change_is_not_sent_again_after_a_pause_that_lasted_too_long(int milliseconds)
    {
        var attempts = Attempts(new(HttpMethod.Post, "api/v1/namespaces/shop/pods"));
        attempts.Next().ServerTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        attempts.MayRepeat(new KubernetesException(new() { Code = 429 }, "") { RetryAfter = TimeSpan.FromSeconds(1) }).ShouldBeTrue();

        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Should.Throw<ClusterUnreachableException>(attempts.Next).MayHaveLanded.ShouldBeFalse();
    }

    [Fact]
    public void A_read_never_asks_for_the_servers_own_default()
    {
        var attempts = Attempts(new(HttpMethod.Get, "version"));

        _clock.Advance(TimeSpan.FromSeconds(8));

        attempts.Next().Target.ShouldBe("version?timeout=100ms");
    }

    private Attempts Attempts(ApiRequest request)
    {
        var config = new KubernetesClientConfiguration { ClusterName = "recorded", Host = new("http://127.0.0.1:1") };
        return new(request, config, new(config), _clock);
    }

    private KubernetesClient Client(RecordedServer server, TimeSpan signingIn) =>
        new(server.Configuration with { Credentials = new SlowCredentials(_clock, signingIn) }, _clock);

    private static Task<RecordedServer> RefusingOnceAsync()
    {
        var asked = 0;
        return RecordedServer.StartAsync((context, _) => Interlocked.Increment(ref asked) == 1
            ? RecordedServer.WriteAsync(context, 401, """{"kind":"Status","code":401,"reason":"Unauthorized"}""")
            : RecordedServer.WriteAsync(context, 200, """{"metadata":{"name":"a"}}"""));
    }

    private static V1ConfigMap Map() => new() { Metadata = new() { Name = "a", Namespace = "gameday" } };

    private sealed class SlowCredentials(ManualClock clock, TimeSpan takes) : ICredentials
    {
        public X509Certificate2? ClientCertificate => null;
        public bool CanRefresh => true;

        public ValueTask<string?> TokenAsync(UsedCredentials? refused, CancellationToken cancellationToken)
        {
            if (refused is not null)
                clock.Advance(takes);
            return new("token");
        }
    }
}

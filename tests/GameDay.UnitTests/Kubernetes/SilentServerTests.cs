using System.Net;
using System.Net.Sockets;
using GameDay.Kubernetes;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

/// <summary>A server that is so busy that it takes the connection and never shakes hands.</summary>
public sealed class SilentServerTests : IDisposable
{
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public SilentServerTests() => _silent.Start();

    [Fact]
    public async Task A_connection_that_takes_too_long_is_no_cancellation()
    {
        using var client = new KubernetesClient(new() { ClusterName = "silent", Host = new($"https://127.0.0.1:{((IPEndPoint)_silent.LocalEndpoint).Port}"), ClientWait = TimeSpan.FromSeconds(60) });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.DeleteAsync<V1Pod>("cart-0", "shop", V1DeleteOptions.Exactly("uid")));

        away.Message.ShouldContain("silent");
        away.MayHaveLanded.ShouldBeFalse();
    }

    public void Dispose() => _silent.Dispose();
}

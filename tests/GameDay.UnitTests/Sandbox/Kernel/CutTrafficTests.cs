using System.Net;
using GameDay.Agent.Network;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;
using GameDay.UnitTests.Sandbox.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Kernel;

/// <summary>The agent's drop rules in a pod's kernel, seen by traffic: whoever dials, and on connections that stood before.</summary>
public sealed class CutTrafficTests : IAsyncLifetime
{
    private static readonly Names Names = new("ab12cd34");
    private readonly PodKernels _kernels = new(TimeProvider.System, NullLogger<PodKernels>.Instance);
    private readonly Stage _stage;

    public CutTrafficTests() => _stage = new Stage(_kernels);

    public async ValueTask InitializeAsync() => await _stage.OpenShopAsync("payments");

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _kernels.Dispose();
    }

    [Fact]
    public async Task A_cut_stalls_established_connections_and_hangs_new_ones_until_it_is_taken_out()
    {
        var (client, server) = (_stage.From("payments-0"), _stage.From("payments-1"));
        await using var kept = await DialAsync(client, server, seconds: 30);
        await AskAsync(kept, seconds: 30);

        Cut(server.PodUid!, client.Address, TimeSpan.FromMinutes(10));

        await Should.ThrowAsync<OperationCanceledException>(() => DialAsync(client, server, seconds: 1));
        await Should.ThrowAsync<OperationCanceledException>(() => DialAsync(server, client, seconds: 1));
        var answer = AskAsync(kept, seconds: 60);
        (await Task.WhenAny(answer, Task.Delay(500, TestContext.Current.CancellationToken))).ShouldNotBe(answer);
        _kernels.Find(server.PodUid!)!.Run("nft", ["delete", "table", "inet", Names.Table], null).Exit.ShouldBe(0);
        await answer;
        await using var healed = await DialAsync(client, server, seconds: 30);
    }

    [Fact, Trait("Rule", "3")]
    public async Task Rule_3_a_cut_ends_by_the_kernels_timeout_alone()
    {
        var (client, server) = (_stage.From("payments-0"), _stage.From("payments-1"));

        Cut(server.PodUid!, client.Address, TimeSpan.FromSeconds(1));

        await using var healed = await DialAsync(client, server, seconds: 60);
    }

    private void Cut(string podUid, IPAddress peer, TimeSpan timeout)
    {
        _kernels.Open(podUid);
        var script = new TimedTable(Names, new Scope([peer], null, []), "eth0", timeout, Partition.Chains).Script();
        _kernels.Find(podUid)!.Run("nft", ["-f", "-"], script).Exit.ShouldBe(0);
    }

    private async Task<PodConnection> DialAsync(Caller from, Caller to, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        return await _stage.Network.DialAsync(from, to.Address.ToString(), 8080, limit.Token);
    }

    private static async Task AskAsync(PodConnection connection, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await connection.WriteAsync("GET /healthz HTTP/1.1\r\nHost: payments\r\n\r\n"u8.ToArray(), limit.Token);
        var answer = "";
        var buffer = new byte[4096];
        while (!answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await connection.ReadAsync(buffer, limit.Token);
            read.ShouldBeGreaterThan(0);
            answer += System.Text.Encoding.ASCII.GetString(buffer, 0, read);
        }
    }
}

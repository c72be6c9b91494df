using Shouldly;
using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

/// <summary>Unmodified redis-cli and redis-benchmark against the shop's store, from outside the sandbox.</summary>
public sealed class RedisToolsTests(SandboxProcessFixture sandbox) : IClassFixture<SandboxProcessFixture>
{
    [Fact]
    public async Task Redis_cli_reads_writes_and_sees_the_replica()
    {
        var (primary, replica) = (await AddressAsync("store"), await AddressAsync("store-replica"));

        (await CliAsync(primary, "ping")).ShouldBe("PONG");
        (await CliAsync(primary, "set", "order:1", "two words", "ex", "100")).ShouldBe("OK");
        (await CliAsync(primary, "get", "order:1")).ShouldBe("two words");
        (await CliAsync(primary, "role")).ShouldStartWith("master");
        (await CliAsync(replica, "role")).ShouldStartWith("slave\nstore\n6379\nconnected");
        (await CliAsync(replica, "set", "a", "b")).ShouldStartWith("READONLY");
        (await CliAsync(primary, "config", "get", "save")).ShouldBe("save");
        await UntilAsync(async () => await CliAsync(replica, "get", "order:1") == "two words");
        await UntilAsync(async () => (await CliAsync(primary, "info", "replication")).Contains("connected_slaves:1", StringComparison.Ordinal));
        await UntilAsync(async () => (await CliAsync(primary, "keys", "cart:*")).Contains("cart:c", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redis_benchmark_gets_all_its_answers()
    {
        var primary = await AddressAsync("store");

        var ran = await Tools.RunAsync("redis-benchmark", ["-h", primary, "-n", "2000", "-c", "10", "-P", "4", "-q", "-t", "ping,set,get,incr,hset"]);

        ran.Code.ShouldBe(0, ran.Error);
        foreach (var test in new[] { "PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "HSET" })
        {
            ran.Output.ShouldMatch($@"{test}: [\d.]+ requests per second");
        }
    }

    private static async Task<string> CliAsync(string host, params string[] words)
    {
        var ran = await Tools.RunAsync("redis-cli", ["-h", host, .. words]);
        ran.Code.ShouldBe(0, ran.Output + ran.Error);
        return ran.Output.Trim();
    }

    private async Task<string> AddressAsync(string app) => (await sandbox.KubectlAsync($"get pods -n shop -l app={app} -o jsonpath={{.items[0].status.podIP}}")).Trim();

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}

using GameDay.Sandbox.Network;
using GameDay.Sandbox.Shop.Keys;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>The Redis-like store as its clients see it: over TCP, on its pods' own addresses.</summary>
public sealed class StoreTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Primary = "store-0";
    private const string Replica = "store-replica-0";
    private readonly Stage _stage = new();

    public async ValueTask InitializeAsync()
    {
        await _stage.OpenShopAsync("store", "store-replica");
        await Until.HoldsAsync(async () => (await AskAsync(Replica, "INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal), "the replica follows");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Killed_with_9_the_primary_comes_back_empty_and_its_replica_copies_that()
    {
        await AskAsync(Primary, "SET", "cart:a", "1");
        await Until.HoldsAsync(async () => await AskAsync(Replica, "GET", "cart:a") == "1", "the replica has the cart");

        await KillAsync(Primary, "store");

        await Until.HoldsAsync(async () => await AskAsync(Primary, "DBSIZE") == "0", "the primary is back, and empty");
        await Until.HoldsAsync(async () => await AskAsync(Replica, "DBSIZE") == "0", "the replica has lost its copy");
    }

    [Fact]
    public async Task What_was_saved_survives_and_what_came_later_does_not()
    {
        await AskAsync(Primary, "SET", "kept", "byte\r\n\u00ff");
        await AskAsync(Primary, "HSET", "basket", "tea", "2");
        await AskAsync(Primary, "SAVE");
        await AskAsync(Primary, "SET", "lost", "1");
        (await AskAsync(Primary, "INFO", "persistence")).ShouldContain("rdb_changes_since_last_save:1\r\n");

        await KillAsync(Primary, "store");

        await Until.HoldsAsync(async () => await AskAsync(Primary, "DBSIZE") == "2", "the primary is back with what it had saved");
        (await AskAsync(Primary, "GET", "kept")).ShouldBe("byte\r\n\u00ff");
        (await AskAsync(Primary, "HGET", "basket", "tea")).ShouldBe("2");
        await Until.HoldsAsync(async () => await AskAsync(Replica, "EXISTS", "kept", "lost") == "1", "the replica has the same");
    }

    [Fact]
    public async Task A_replica_takes_no_writes_until_it_is_promoted_and_then_keeps_its_copy()
    {
        await AskAsync(Primary, "SET", "cart:a", "1");
        await Until.HoldsAsync(async () => await AskAsync(Replica, "GET", "cart:a") == "1", "the replica has the cart");
        (await Should.ThrowAsync<StoreRefused>(() => AskAsync(Replica, "SET", "x", "1"))).Message.ShouldBe("READONLY You can't write against a read only replica.");

        await AskAsync(Replica, "REPLICAOF", "NO", "ONE");
        await KillAsync(Primary, "store");
        await Until.HoldsAsync(async () => await AskAsync(Primary, "DBSIZE") == "0", "the old primary is back");

        (await AskAsync(Replica, "INCR", "cart:a")).ShouldBe("2");
        (await AskAsync(Replica, "INFO", "replication")).ShouldContain("role:master");
    }

    [Fact]
    public async Task Errors_are_worded_as_Redis_words_them()
    {
        await AskAsync(Primary, "SET", "text", "not a number");

        (await RefusedAsync("FOO", "a", "b")).ShouldBe("ERR unknown command 'FOO', with args beginning with: 'a' 'b' ");
        (await RefusedAsync("GET")).ShouldBe("ERR wrong number of arguments for 'get' command");
        (await RefusedAsync("HGET", "text", "f")).ShouldBe("WRONGTYPE Operation against a key holding the wrong kind of value");
        (await RefusedAsync("INCR", "text")).ShouldBe("ERR value is not an integer or out of range");
        (await RefusedAsync("SET", "a", "b", "NX", "XX")).ShouldBe("ERR syntax error");
        (await RefusedAsync("AUTH", "secret")).ShouldStartWith("ERR AUTH <password> called without any password configured for the default user.");
    }

    [Fact]
    public async Task Keys_end_when_their_time_is_up_also_on_the_replica()
    {
        await AskAsync(Primary, "SET", "short", "1", "PX", "150");
        await AskAsync(Primary, "SET", "long", "1", "EX", "100");

        (await AskAsync(Primary, "TTL", "long")).ShouldBeOneOf("99", "100");
        await Until.HoldsAsync(async () => await AskAsync(Primary, "GET", "short") == "", "the key has ended");
        await Until.HoldsAsync(async () => await AskAsync(Replica, "DBSIZE") == "1", "the replica has the long one alone");
    }

    [Fact]
    public async Task Its_metrics_tell_keys_and_replicas()
    {
        await AskAsync(Primary, "SET", "a", "1");

        var (_, metrics) = await _stage.ExecAsync(Primary, "", "wget", "-qO-", "http://store/metrics");

        metrics.ShouldContain("redis_db_keys{db=\"db0\"} 1\n");
        metrics.ShouldContain("redis_connected_slaves 1\n");
    }

    private async Task<string> RefusedAsync(params string[] words) => (await Should.ThrowAsync<StoreRefused>(() => AskAsync(Primary, words))).Message;

    private Task KillAsync(string pod, string container) => _stage.Workloads.Kubelets.KillContainerAsync(_stage.Pod(pod).Uid(), container);

    /// <summary>One request on a fresh connection, again while the pod starts anew.</summary>
    private async Task<string> AskAsync(string pod, params string[] words)
    {
        string? answer = null;
        await Until.HoldsAsync(async () =>
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                await using var client = new RespClient(await _stage.Network.DialAsync(_stage.Host, Address(pod), KeyStore.Port, patience.Token));
                answer = await client.AskAsync(patience.Token, words);
                return true;
            }
            catch (Exception starting) when (starting is not StoreRefused && starting is IOException or System.Net.Sockets.SocketException)
            {
                return false;
            }
        }, $"{pod} answers");
        return answer ?? "";
    }

    private string Address(string pod) => _stage.Pod(pod).Text("status", "podIP")!;
}

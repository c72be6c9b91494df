using System.IO.Pipelines;
using System.Net;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>
/// A Redis-like store: keys in memory, saved only when told to. Killed, it comes back with what was saved last, and its replica copies that.
/// Arguments <c>--replicaof HOST PORT</c> make it a replica.
/// </summary>
public sealed class KeyStore : IShopService, ISpeaker
{
    public const int Port = 6379;
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);
    private readonly ShopProcess _process;
    private readonly StoreData _data;

    public KeyStore(ShopProcess process)
    {
        (_process, _data) = (process, new StoreData(process));
        if (process.Arguments is ["--replicaof", var host, var port])
        {
            _data.Answer(["REPLICAOF", host, port]);
        }
    }

    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("the store speaks RESP on port 6379\n");
    }

    public async Task ServeAsync(IDuplexPipe connection, IPEndPoint remote, CancellationToken closed)
    {
        try
        {
            await new StoreConnection(_data, _process, connection, remote).ServeAsync(closed);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            _process.Log($"{remote} is gone: {gone.Message}");
        }
    }

    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(new ReplicaLink(_data, _process).RunAsync(stopping), SayAliveAsync(stopping));

    public void Measure(ShopMetrics metrics) => _data.Look(data =>
    {
        metrics.Set("redis_db_keys", data.Keys.Count, "db=\"db0\"");
        metrics.Set("redis_connected_slaves", data.Replicas.All.Count);
        metrics.Set("redis_instance_master", data.Follows is null ? 1 : 0);
        metrics.Set("redis_master_link_up", data.LinkUp ? 1 : 0);
        metrics.Set("redis_rdb_changes_since_last_save", data.Unsaved);
        metrics.Set("redis_commands_processed", data.Requests);
        return true;
    });

    // A replica that hears nothing for long takes its primary for lost.
    private async Task SayAliveAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SignOfLife, _process.Clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await _process.Runs.RunsAsync(stopping);
            _data.TellReplicas(["PING"]);
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace GameDay.Sandbox.Shop;

/// <summary>
/// A Redis-like store with one replica: keys in memory, saved to its volume every few seconds.
/// What was written since the last save is lost when the process is killed.
/// </summary>
public sealed class KeyStore : IShopService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);
    private readonly ShopProcess _process;
    private readonly ConcurrentDictionary<string, string> _keys;

    public KeyStore(ShopProcess process)
    {
        _process = process;
        _keys = process.Volume.Read() is { Length: > 0 } saved
            ? new(JsonSerializer.Deserialize<Dictionary<string, string>>(saved)!)
            : new();
    }

    public async Task HandleAsync(HttpContext context)
    {
        var key = context.Request.Path.Value!;
        if (HttpMethods.IsPut(context.Request.Method))
        {
            using var body = new StreamReader(context.Request.Body);
            _keys[key] = await body.ReadToEndAsync(context.RequestAborted);
        }
        else if (_keys.TryGetValue(key, out var value))
        {
            await context.Response.WriteAsync(value);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SaveEvery, _process.Clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            _process.Volume.Write(JsonSerializer.SerializeToUtf8Bytes(_keys));
        }
    }
}

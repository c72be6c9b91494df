using System.Collections.Concurrent;
using System.Net.Sockets;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>How a shop service asks the store: kept connections, none older than 5 s, and one more try after a broken one.</summary>
internal sealed class StoreClient(ShopProcess process, string host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentBag<(RespClient Link, long Opened)> _idle = [];

    /// <summary>One request; each try takes a second at most.</summary>
    /// <exception cref="IOException">The store was not there, refused, or was too slow.</exception>
    public async Task<string?> AskAsync(CancellationToken ct, params string[] words)
    {
        try
        {
            return await TryAsync(words, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not StoreRefused && e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            process.Log($"retry {words[0]} on {host}: {e.Message}");
            return await TryAsync(words, ct);
        }
    }

    private async Task<string?> TryAsync(string[] words, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var (link, opened) = await TakeAsync(limit.Token);
        try
        {
            var answer = await link.AskAsync(limit.Token, words);
            _idle.Add((link, opened));
            return answer;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    private async Task<(RespClient Link, long Opened)> TakeAsync(CancellationToken ct)
    {
        while (_idle.TryTake(out var idle))
        {
            if (process.Clock.GetElapsedTime(idle.Opened) < Lifetime)
            {
                return idle;
            }

            await idle.Link.DisposeAsync();
        }

        return (new RespClient(await process.Http.OpenAsync(host, KeyStore.Port, ct)), process.Clock.GetTimestamp());
    }
}

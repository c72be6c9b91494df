using System.Globalization;
using System.Net.Sockets;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Follows the primary: a whole copy first, whatever this replica had before, then every write; and again from the start when the link breaks.</summary>
internal sealed class ReplicaLink(StoreData data, ShopProcess process)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, data.Following);
            if (data.Follows is { } primary)
            {
                await TryFollowAsync(primary, limit);
            }

            await Task.Delay(Pause, process.Clock, stopping);
        }
    }

    private async Task TryFollowAsync(PrimaryAddress primary, CancellationTokenSource limit)
    {
        try
        {
            await FollowAsync(primary, limit);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or RespProtocolException or ObjectDisposedException)
        {
            data.LinkUp = false;
            process.Log($"Connection with {primary.Host}:{primary.Port} lost: {e.Message}");
        }
    }

    private async Task FollowAsync(PrimaryAddress primary, CancellationTokenSource limit)
    {
        limit.CancelAfter(Silence);
        await using var link = new RespClient(await process.Http.OpenAsync(primary.Host, primary.Port, limit.Token));
        await link.AskAsync(limit.Token, "PING");
        await link.AskAsync(limit.Token, "REPLCONF", "listening-port", KeyStore.Port.ToString(CultureInfo.InvariantCulture));
        var answer = await link.AskAsync(limit.Token, "PSYNC", "?", "-1") ?? "";
        data.LinkOffset = long.Parse(answer.Split(' ')[^1], CultureInfo.InvariantCulture);
        var size = await link.LineAsync(limit.Token);
        data.Replace(await link.BytesAsync(int.Parse(size.AsSpan(1), CultureInfo.InvariantCulture), end: 0, limit.Token));
        process.Log($"Synchronised with {primary.Host}:{primary.Port}: {data.Look(d => d.Keys.Count)} keys");
        while (true)
        {
            limit.CancelAfter(Silence);
            var request = await link.RequestAsync(limit.Token);
            await process.Runs.RunsAsync(limit.Token);
            data.Apply(request);
        }
    }
}

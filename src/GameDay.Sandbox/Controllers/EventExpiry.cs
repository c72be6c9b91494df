using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Forgets events after an hour, as the API server does.</summary>
internal sealed class EventExpiry(ClusterStore store) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public static void Sweep(ClusterStore store)
    {
        var oldest = store.Clock.GetUtcNow() - Kept;
        foreach (var item in store.List(ResourceTypes.Events).Where(item => (item.Time("lastTimestamp") ?? item.Time("metadata", "creationTimestamp")) < oldest))
        {
            store.TryDelete(ResourceTypes.Events, item.Namespace(), item.Name(), new DeleteOptions(Uid: item.Uid()));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, store.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Sweep(store);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Sweep(store);
        }
    }
}

using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Runs one controller: watches feed keys into its queue, one worker reconciles them; a failure comes again.</summary>
internal sealed partial class ControlLoop<TController>(TController controller, ClusterStore store, ILogger<TController> log) : BackgroundService
    where TController : IController
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryConflictAfter = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var queue = new WorkQueue(store.Clock);
        var feeds = controller.Sources.Select(source => FeedAsync(source, queue, stoppingToken)).ToList();
        try
        {
            await foreach (var key in queue.ReadAllAsync(stoppingToken))
            {
                if (Attempt(key) is { } again)
                {
                    queue.AddAfter(key, again);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }

        await Task.WhenAll(feeds);
    }

    private async Task FeedAsync(Source source, WorkQueue queue, CancellationToken stoppingToken)
    {
        await using var subscription = store.Subscribe(source.Type, null);
        try
        {
            await foreach (var change in subscription.Changes.ReadAllAsync(stoppingToken))
            {
                foreach (var key in source.Keys(change))
                {
                    queue.Add(key);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private TimeSpan? Attempt(ObjectKey key)
    {
        try
        {
            return controller.Reconcile(key);
        }
        catch (ApiException conflict) when (conflict.Code is 404 or 409)
        {
            // Somebody else was faster: look again at what is there now.
            return RetryConflictAfter;
        }
        catch (Exception failure)
        {
            LogFailure(failure, key.Namespace, key.Name);
            return RetryAfter;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Stopped")]
    private partial void LogStopped();

    [LoggerMessage(LogLevel.Error, "Reconciling {Namespace}/{Name} failed, it comes again")]
    private partial void LogFailure(Exception failure, string @namespace, string name);
}

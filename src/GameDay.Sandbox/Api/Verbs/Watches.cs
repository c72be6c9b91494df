using GameDay.Sandbox.Api.Misbehaviour;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>watch: one JSON line per change, bookmarks when asked for, an end after timeoutSeconds.</summary>
internal sealed class Watches(ClusterStore store, IHostApplicationLifetime lifetime, Mischiefs mischiefs)
{
    private static readonly TimeSpan BookmarkEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(30);

    public async Task WatchAsync(ApiCall call)
    {
        if (call.Flag("sendInitialEvents"))
        {
            throw new ApiException(422, "Invalid", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled");
        }

        var filter = ObjectFilter.Of(call);
        var limit = call.NumberOption("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : LongestWatch;
        var from = ResourceVersions.Parse(call.Option("resourceVersion"));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        end.CancelAfter(limit);
        await using var broken = mischiefs.WatchesBreak.Register(call.Http.Abort);
        var stream = new WatchStream(call.Http, Presentation.Of(call, store.Clock));
        await stream.BeginAsync(end.Token);
        await using var subscription = await SubscribedAsync(call, from, stream);
        if (subscription is null)
        {
            return;
        }

        await PumpAsync(call, subscription, filter, stream, end.Token);
    }

    /// <summary>Null when the place is too old: a server says that in the stream, after it has answered 200.</summary>
    private async Task<Subscription?> SubscribedAsync(ApiCall call, long? from, WatchStream stream)
    {
        try
        {
            return store.Subscribe(call.Type, from);
        }
        catch (ApiException expired)
        {
            stream.AddError(expired);
            await stream.FlushAsync(call.Aborted);
            return null;
        }
    }

    private async Task PumpAsync(ApiCall call, Subscription subscription, ObjectFilter filter, WatchStream stream, CancellationToken end)
    {
        var bookmarks = call.Flag("allowWatchBookmarks");
        try
        {
            while (true)
            {
                Take(subscription, filter, stream, whole: false, out var upTo);
                await stream.FlushAsync(end);
                if (!await ArrivedAsync(subscription, bookmarks, end))
                {
                    stream.AddBookmark(call.Type, upTo);
                }
            }
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            if (bookmarks)
            {
                // A server tells how far it has come before it ends a watch, so that the next one need not go over it again.
                Take(subscription, filter, stream, whole: true, out var upTo);
                stream.AddBookmark(call.Type, upTo);
                await stream.FlushAsync(call.Aborted);
            }
        }
    }

    /// <param name="whole">All there is; else no more than fits well into one write, and what is left comes with the next.</param>
    /// <param name="upTo">Every change up to this version is among what was taken so far, once nothing is left.</param>
    private void Take(Subscription subscription, ObjectFilter filter, WatchStream stream, bool whole, out long upTo)
    {
        upTo = store.Version;
        while ((whole || !stream.IsFull) && subscription.Changes.TryRead(out var change))
        {
            stream.Add(change, filter);
        }
    }

    /// <summary>True when a change is there, false when it is time for a bookmark.</summary>
    private async Task<bool> ArrivedAsync(Subscription subscription, bool bookmarks, CancellationToken end)
    {
        var change = subscription.Changes.WaitToReadAsync(end).AsTask();
        if (!bookmarks)
        {
            return await change;
        }

        try
        {
            return await change.WaitAsync(BookmarkEvery, store.Clock, end);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

using GameDay.Engine.Live;
using GameDay.Web.Requests;

namespace GameDay.Web.Api;

/// <summary>Long poll: answers at once when something is new, else after <c>wait</c> seconds at most.</summary>
public static class TimelineApi
{
    private const int LongestWait = 30;

    public static async Task<IResult> ReadAsync(Guid id, long? after, int? wait, Sender sender, LiveFeed feed, CancellationToken ct)
    {
        var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var heard = feed.Subscribe(id, seq => { if (seq > (after ?? 0)) moved.TrySetResult(); });
        var page = await sender.Send(new ReadTimeline.Query(id, after ?? 0), ct);
        if (page.Entries.Count == 0 && !page.Ended && wait > 0)
        {
            await Task.WhenAny(moved.Task, Task.Delay(TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait)), ct));
            page = await sender.Send(new ReadTimeline.Query(id, after ?? 0), ct);
        }
        return Results.Json(page);
    }
}

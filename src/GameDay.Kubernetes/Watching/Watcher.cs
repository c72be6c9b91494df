using System.Runtime.CompilerServices;

namespace GameDay.Kubernetes;

/// <summary>
/// A watch that does not end: lists, follows, and takes up again where the connection broke. When the server
/// has forgotten our place (410) it lists again and reports the difference, deletions included.
/// </summary>
internal sealed class Watcher<T>(KubernetesClient client, WatchStream stream, string? @namespace, string? labelSelector, string? fieldSelector, TimeProvider clock, Action<Exception>? onInterrupted)
    where T : IKubernetesObject
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);
    private string? _position;
    private int _failures;

    public async IAsyncEnumerable<WatchEvent<T>> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var events = NextRound(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(events, cancellationToken))
            {
                _failures = 0;
                yield return events.Current;
            }

            if (_failures > 0)
                await Task.Delay(Pause(), clock, cancellationToken);
        }
    }

    private IAsyncEnumerable<WatchEvent<T>> NextRound(CancellationToken cancellationToken) =>
        _position is null ? RelistAsync(cancellationToken) : FollowAsync(cancellationToken);

    /// <summary>False when the round is over, for whatever reason a later round can mend.</summary>
    private async Task<bool> MoveNextAsync(IAsyncEnumerator<WatchEvent<T>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (KubernetesException refusal) when (refusal.IsGone)
        {
            _position = null;
        }
        catch (KubernetesException refusal) when (refusal.Code is 429 or >= 500)
        {
            Interrupted(refusal);
        }
        catch (ClusterUnreachableException cause) when (!cancellationToken.IsCancellationRequested)
        {
            Interrupted(cause);
        }

        return false;
    }

    private void Interrupted(Exception cause)
    {
        _failures++;
        onInterrupted?.Invoke(cause);
    }

    private TimeSpan Pause()
    {
        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(_failures, 6)));
        return pause < LongestPause ? pause : LongestPause;
    }

    private async IAsyncEnumerable<WatchEvent<T>> RelistAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = await client.ListAsync<T>(@namespace, labelSelector, fieldSelector, cancellationToken);
        var present = list.Items.Select(Key).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _known.Where(entry => !present.Contains(entry.Key)).ToList())
            yield return Remember(new(WatchEventType.Deleted, gone.Value));
        foreach (var item in list.Items)
        {
            if (!_known.TryGetValue(Key(item), out var before))
                yield return Remember(new(WatchEventType.Added, item));
            else if (before.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
                yield return Remember(new(WatchEventType.Modified, item));
        }

        _position = list.Metadata.ResourceVersion;
    }

    private async IAsyncEnumerable<WatchEvent<T>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in stream.ReadAsync<T>(@namespace, labelSelector, fieldSelector, _position!, cancellationToken))
        {
            _position = line.Object.Metadata.ResourceVersion ?? _position;
            _failures = 0;
            if (line.Type is { } type)
                yield return Remember(new(type, line.Object));
        }
    }

    private WatchEvent<T> Remember(WatchEvent<T> change)
    {
        if (change.Type == WatchEventType.Deleted)
            _known.Remove(Key(change.Object));
        else
            _known[Key(change.Object)] = change.Object;
        return change;
    }

    private static string Key(T item) => item.Metadata.Uid ?? $"{item.Metadata.Namespace}/{item.Metadata.Name}";
}

using System.Threading.Channels;

namespace GameDay.Sandbox.Store;

/// <summary>A watcher's place in the store: what changed, from which version on. Disposing leaves.</summary>
internal sealed class Subscription(ChannelReader<Change> changes, long version, Action leave) : IAsyncDisposable
{
    public ChannelReader<Change> Changes { get; } = changes;

    /// <summary>The store's version when the watch began.</summary>
    public long Version { get; } = version;

    public ValueTask DisposeAsync()
    {
        leave();
        return ValueTask.CompletedTask;
    }
}

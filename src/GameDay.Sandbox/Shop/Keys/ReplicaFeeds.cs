using System.Globalization;
using System.Net;
using System.Threading.Channels;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>The replicas that follow this process, and what they have still to hear. Called under the store's lock.</summary>
internal sealed class ReplicaFeeds
{
    private const int MostWaiting = 100_000;
    private readonly List<Feed> _feeds = [];

    /// <summary>One follower; its channel ends when it falls too far behind.</summary>
    public sealed record Feed(IPEndPoint Remote, Channel<string> Waiting);

    /// <summary>Changes with every process: a replica that sees another one copies everything anew.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N")[..8];

    /// <summary>Bytes of requests told so far.</summary>
    public long Offset { get; private set; }

    public IReadOnlyList<Feed> All => _feeds;

    /// <summary>A new follower, with the answer that begins its synchronisation.</summary>
    public (Feed Feed, string Answer) Add(IPEndPoint remote, string snapshot)
    {
        var feed = new Feed(remote, Channel.CreateBounded<string>(MostWaiting));
        _feeds.Add(feed);
        return (feed, string.Create(CultureInfo.InvariantCulture, $"+FULLRESYNC {Id} {Offset}\r\n${snapshot.Length}\r\n{snapshot}"));
    }

    public void Remove(Feed feed) => _feeds.Remove(feed);

    public void Tell(string[] request)
    {
        var text = Resp.Bulks(request);
        Offset += text.Length;
        foreach (var feed in _feeds.Where(feed => !feed.Waiting.Writer.TryWrite(text)))
        {
            feed.Waiting.Writer.TryComplete(new IOException("the replica is too far behind"));
        }
    }
}

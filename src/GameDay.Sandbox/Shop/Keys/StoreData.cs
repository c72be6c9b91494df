using System.Buffers;
using System.Net;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Where the primary is that a replica follows.</summary>
internal sealed record PrimaryAddress(string Host, int Port);

/// <summary>One store process: its data, whom it follows, who follows it. Carries out one request at a time.</summary>
internal sealed class StoreData
{
    private readonly ShopProcess _process;
    private readonly Lock _gate = new();
    private CancellationTokenSource _following = new();

    public StoreData(ShopProcess process)
    {
        _process = process;
        Keys = new Keyspace(process.Clock);
        Started = LastSave = process.Clock.GetUtcNow();
        Load(Encoding.Latin1.GetString(process.Volume.Read()));
    }

    public Keyspace Keys { get; }

    public ReplicaFeeds Replicas { get; } = new();

    public DateTimeOffset Started { get; }

    public DateTimeOffset Now => _process.Clock.GetUtcNow();

    public DateTimeOffset LastSave { get; private set; }

    /// <summary>Writes since the last save: what kill -9 would lose.</summary>
    public long Unsaved { get; private set; }

    public long Requests { get; private set; }

    /// <summary>Null: this is a primary.</summary>
    public PrimaryAddress? Follows { get; private set; }

    /// <summary>Whether the copy is whole and being kept up to date.</summary>
    public bool LinkUp { get; set; }

    public long LinkOffset { get; set; }

    /// <summary>Ends when this process follows somebody else, or nobody.</summary>
    public CancellationToken Following { get { lock (_gate) { return _following.Token; } } }

    public string Answer(string[] words)
    {
        lock (_gate)
        {
            Requests++;
            return KeyCommands.All.TryGetValue(words[0], out var command) ? Run(command, words)
                : ServerCommands.All.TryGetValue(words[0], out var server) ? server.Takes(words.Length) ? server.Run(this, words) : WrongCount(words[0])
                : Resp.Error($"ERR unknown command '{words[0]}', with args beginning with: {string.Concat(words.Skip(1).Select(word => $"'{word}' "))}");
        }
    }

    public T Look<T>(Func<StoreData, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }

    public void Follow(PrimaryAddress? primary)
    {
        _following.Cancel();
        (_following, Follows, LinkUp) = (new CancellationTokenSource(), primary, false);
    }

    /// <summary>Everything goes, and what the primary has comes.</summary>
    public void Replace(string snapshot)
    {
        lock (_gate)
        {
            Keys.Clear();
            Load(snapshot);
            LinkUp = true;
        }
    }

    /// <summary>A request of the primary.</summary>
    public void Apply(string[] words)
    {
        lock (_gate)
        {
            LinkOffset += Resp.Bulks(words).Length;
            if (KeyCommands.All.TryGetValue(words[0], out var command))
            {
                command.Run(Keys, words);
                Replicas.Tell(words);
            }
        }
    }

    public (ReplicaFeeds.Feed Feed, string Answer) AddReplica(IPEndPoint remote)
    {
        lock (_gate)
        {
            return Replicas.Add(remote, Keys.Snapshot());
        }
    }

    public void RemoveReplica(ReplicaFeeds.Feed feed)
    {
        lock (_gate)
        {
            Replicas.Remove(feed);
        }
    }

    public void TellReplicas(string[] request)
    {
        lock (_gate)
        {
            Replicas.Tell(request);
        }
    }

    public void Save()
    {
        _process.Volume.Write(Encoding.Latin1.GetBytes(Keys.Snapshot()));
        (LastSave, Unsaved) = (Now, 0);
        _process.Log("DB saved on disk");
    }

    private static string WrongCount(string name) => Resp.Error($"ERR wrong number of arguments for '{name.ToLowerInvariant()}' command");

    private string Run(KeyCommand command, string[] words)
    {
        if (!command.Takes(words.Length))
        {
            return WrongCount(words[0]);
        }

        if (command.Writes && Follows is not null)
        {
            return Resp.Error("READONLY You can't write against a read only replica.");
        }

        var (reply, effect) = command.Run(Keys, words);
        if (effect is not null)
        {
            Unsaved++;
            Replicas.Tell(effect);
        }

        return reply;
    }

    private void Load(string snapshot)
    {
        var rest = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(snapshot));
        while (RespReader.TryRead(ref rest) is { } words)
        {
            KeyCommands.All[words[0]].Run(Keys, words);
        }
    }
}

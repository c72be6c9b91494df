using System.Globalization;
using System.IO.Enumeration;

namespace GameDay.Sandbox.Shop.Keys;

/// <param name="Arity">As with <see cref="KeyCommand"/>.</param>
internal sealed record ServerCommand(int Arity, Func<StoreData, string[], string> Run)
{
    public bool Takes(int words) => Arity > 0 ? words == Arity : words >= -Arity;
}

/// <summary>Commands on the process: connection, replication, saving, configuration.</summary>
internal static class ServerCommands
{
    private const string NoPassword = "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?";

    private static readonly Dictionary<string, string> Configuration = new(StringComparer.OrdinalIgnoreCase)
    {
        ["appendonly"] = "no", ["databases"] = "1", ["maxmemory"] = "0", ["maxmemory-policy"] = "noeviction", ["replica-read-only"] = "yes", ["save"] = "",
    };

    public static IReadOnlyDictionary<string, ServerCommand> All { get; } = new Dictionary<string, ServerCommand>(StringComparer.OrdinalIgnoreCase)
    {
        ["PING"] = new(-1, (_, words) => words.Length switch { 1 => Resp.Simple("PONG"), 2 => Resp.Bulk(words[1]), _ => Resp.Error("ERR wrong number of arguments for 'ping' command") }),
        ["ECHO"] = new(2, (_, words) => Resp.Bulk(words[1])),
        ["SELECT"] = new(2, (_, words) => words[1] == "0" ? Resp.Ok : Resp.Error(KeyCommands.IsNumber(words[1], out long _) ? "ERR DB index is out of range" : "ERR value is not an integer or out of range")),
        ["AUTH"] = new(-2, (_, words) => words.Length == 3 && words[1] == "default" ? Resp.Ok : Resp.Error(words.Length == 2 ? NoPassword : "WRONGPASS invalid username-password pair or user is disabled.")),
        ["HELLO"] = new(-1, (data, words) => words is [_] or [_, "2"] ? Hello(data) : Resp.Error("NOPROTO unsupported protocol version")),
        ["COMMAND"] = new(-1, (_, _) => Resp.Array()),
        ["CONFIG"] = new(-2, Configure),
        ["INFO"] = new(-1, (data, words) => Resp.Bulk(StoreInfo.Of(data, [.. words.Skip(1)]))),
        ["ROLE"] = new(1, (data, _) => Role(data)),
        ["REPLICAOF"] = new(3, Follow),
        ["SLAVEOF"] = new(3, Follow),
        ["REPLCONF"] = new(-1, (_, _) => Resp.Ok),
        ["SAVE"] = new(1, (data, _) => Save(data, Resp.Ok)),
        ["BGSAVE"] = new(-1, (data, _) => Save(data, Resp.Simple("Background saving started"))),
        ["LASTSAVE"] = new(1, (data, _) => Resp.Number(data.LastSave.ToUnixTimeSeconds())),
    };

    private static string Save(StoreData data, string answer)
    {
        data.Save();
        return answer;
    }

    private static string Hello(StoreData data) => Resp.Array(
        Resp.Bulk("server"), Resp.Bulk("redis"), Resp.Bulk("version"), Resp.Bulk(StoreInfo.Version), Resp.Bulk("proto"), Resp.Number(2), Resp.Bulk("id"), Resp.Number(1),
        Resp.Bulk("mode"), Resp.Bulk("standalone"), Resp.Bulk("role"), Resp.Bulk(data.Follows is null ? "master" : "replica"), Resp.Bulk("modules"), Resp.Array());

    private static string Configure(StoreData data, string[] words) => words[1].ToUpperInvariant() switch
    {
        "GET" when words.Length > 2 => Resp.Bulks([.. Configuration.Where(pair => words.Skip(2).Any(w => FileSystemName.MatchesSimpleExpression(w, pair.Key))).SelectMany(pair => new[] { pair.Key, pair.Value })]),
        "GET" => Resp.Error("ERR wrong number of arguments for 'config|get' command"),
        _ => Resp.Error($"ERR unknown subcommand '{words[1]}'. Try CONFIG HELP."),
    };

    private static string Follow(StoreData data, string[] words)
    {
        if (string.Equals(words[1], "no", StringComparison.OrdinalIgnoreCase) && string.Equals(words[2], "one", StringComparison.OrdinalIgnoreCase))
        {
            data.Follow(null);
            return Resp.Ok;
        }

        if (!ushort.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return Resp.Error("ERR Invalid master port");
        }

        data.Follow(new PrimaryAddress(words[1], port));
        return Resp.Ok;
    }

    private static string Role(StoreData data) => data.Follows is { } primary
        ? Resp.Array(Resp.Bulk("slave"), Resp.Bulk(primary.Host), Resp.Number(primary.Port), Resp.Bulk(data.LinkUp ? "connected" : "connect"), Resp.Number(data.LinkOffset))
        : Resp.Array(Resp.Bulk("master"), Resp.Number(data.Replicas.Offset), Resp.Array([.. data.Replicas.All.Select(feed => Follower(feed, data.Replicas.Offset))]));

    private static string Follower(ReplicaFeeds.Feed feed, long offset) =>
        Resp.Bulks([feed.Remote.Address.ToString(), KeyStore.Port.ToString(CultureInfo.InvariantCulture), offset.ToString(CultureInfo.InvariantCulture)]);
}

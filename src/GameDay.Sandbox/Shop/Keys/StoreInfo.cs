using System.Globalization;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>The text that INFO answers, with Redis' own names.</summary>
internal static class StoreInfo
{
    /// <summary>Whose commands and words these are.</summary>
    public const string Version = "7.0.0";

    public static string Of(StoreData data, string[] wanted)
    {
        var all = wanted.Length == 0 || wanted.Any(word => word.ToUpperInvariant() is "ALL" or "DEFAULT" or "EVERYTHING");
        return string.Join("\r\n", Sections(data)
            .Where(section => all || wanted.Contains(section.Name, StringComparer.OrdinalIgnoreCase))
            .Select(section => $"# {section.Name}\r\n{string.Concat(section.Lines.Select(line => line + "\r\n"))}"));
    }

    private static (string Name, string[] Lines)[] Sections(StoreData data) =>
    [
        ("Server", [$"redis_version:{Version}", "redis_mode:standalone", Line("tcp_port", KeyStore.Port), Line("uptime_in_seconds", (long)(data.Now - data.Started).TotalSeconds)]),
        ("Persistence", ["loading:0", Line("rdb_changes_since_last_save", data.Unsaved), "rdb_bgsave_in_progress:0", Line("rdb_last_save_time", data.LastSave.ToUnixTimeSeconds()), "rdb_last_bgsave_status:ok", "aof_enabled:0"]),
        ("Stats", [Line("total_commands_processed", data.Requests)]),
        ("Replication", [.. Replication(data)]),
        ("Keyspace", data.Keys.Count is > 0 and var count ? [string.Create(CultureInfo.InvariantCulture, $"db0:keys={count},expires={data.Keys.CountWithEnd},avg_ttl=0")] : []),
    ];

    private static IEnumerable<string> Replication(StoreData data)
    {
        yield return data.Follows is null ? "role:master" : "role:slave";
        if (data.Follows is { } primary)
        {
            yield return $"master_host:{primary.Host}";
            yield return Line("master_port", primary.Port);
            yield return $"master_link_status:{(data.LinkUp ? "up" : "down")}";
            yield return Line("slave_repl_offset", data.LinkOffset);
            yield return "slave_read_only:1";
        }

        yield return Line("connected_slaves", data.Replicas.All.Count);
        foreach (var (number, feed) in data.Replicas.All.Index())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"slave{number}:ip={feed.Remote.Address},port={KeyStore.Port},state=online,offset={data.Replicas.Offset},lag=0");
        }

        yield return $"master_replid:{data.Replicas.Id}";
        yield return Line("master_repl_offset", data.Replicas.Offset);
    }

    private static string Line(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}:{value}");
}

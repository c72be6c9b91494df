using System.Globalization;
using System.IO.Enumeration;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>What a command did.</summary>
/// <param name="Effect">The request that does the same on a replica at any later time; null when nothing changed.</param>
internal readonly record struct Outcome(string Reply, string[]? Effect = null);

/// <param name="Arity">Words of the request with its name; negative: at least so many.</param>
internal sealed record KeyCommand(int Arity, Func<Keyspace, string[], Outcome> Run, bool Writes = false)
{
    public bool Takes(int words) => Arity > 0 ? words == Arity : words >= -Arity;
}

/// <summary>The commands on keys of any type. Strings and hashes have their own.</summary>
internal static class KeyCommands
{
    public static IReadOnlyDictionary<string, KeyCommand> All { get; } = Merged(Generic, StringCommands.All, HashCommands.All);

    private static Dictionary<string, KeyCommand> Generic => new()
    {
        ["DEL"] = new(-2, Delete, Writes: true),
        ["UNLINK"] = new(-2, Delete, Writes: true),
        ["EXISTS"] = new(-2, (keys, words) => new(Resp.Number(words.Skip(1).Count(key => keys.Find(key) is not null)))),
        ["TYPE"] = new(2, (keys, words) => new(Resp.Simple(keys.Find(words[1]) switch { null => "none", { Fields: null } => "string", _ => "hash" }))),
        ["KEYS"] = new(2, (keys, words) => new(Resp.Bulks([.. keys.Keys.Where(key => FileSystemName.MatchesSimpleExpression(words[1], key, ignoreCase: false))]))),
        ["DBSIZE"] = new(1, (keys, _) => new(Resp.Number(keys.Count))),
        ["FLUSHALL"] = new(-1, Flush, Writes: true),
        ["FLUSHDB"] = new(-1, Flush, Writes: true),
        ["EXPIRE"] = new(3, (keys, words) => EndAt(keys, words, unit: 1000, from: keys.Now), Writes: true),
        ["PEXPIRE"] = new(3, (keys, words) => EndAt(keys, words, unit: 1, from: keys.Now), Writes: true),
        ["EXPIREAT"] = new(3, (keys, words) => EndAt(keys, words, unit: 1000, from: 0), Writes: true),
        ["PEXPIREAT"] = new(3, (keys, words) => EndAt(keys, words, unit: 1, from: 0), Writes: true),
        ["PERSIST"] = new(2, Persist, Writes: true),
        ["TTL"] = new(2, (keys, words) => new(Resp.Number(Left(keys, words[1]) is > 0 and var left ? (left + 500) / 1000 : Left(keys, words[1])))),
        ["PTTL"] = new(2, (keys, words) => new(Resp.Number(Left(keys, words[1])))),
    };

    public static string[] EndRequest(string key, long end) => ["PEXPIREAT", key, end.ToString(CultureInfo.InvariantCulture)];

    public static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    public static bool Overflows(long number, long by) => by > 0 ? number > long.MaxValue - by : number < long.MinValue - by;

    private static Dictionary<string, KeyCommand> Merged(params IReadOnlyDictionary<string, KeyCommand>[] tables) =>
        tables.SelectMany(table => table).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private static Outcome Delete(Keyspace keys, string[] words)
    {
        var gone = words.Skip(1).Count(keys.Remove);
        return new(Resp.Number(gone), gone > 0 ? words : null);
    }

    private static Outcome Flush(Keyspace keys, string[] words)
    {
        keys.Clear();
        return new(Resp.Ok, ["FLUSHALL"]);
    }

    private static Outcome EndAt(Keyspace keys, string[] words, long unit, long from)
    {
        if (!IsNumber(words[2], out var span) || Math.Abs(span) > long.MaxValue / 2 / unit)
        {
            return new(Resp.Error("ERR value is not an integer or out of range"));
        }

        if (keys.Find(words[1]) is not { } value)
        {
            return new(Resp.Number(0));
        }

        value.EndsAt = from + (span * unit);
        return new(Resp.Number(1), EndRequest(words[1], value.EndsAt.Value));
    }

    private static Outcome Persist(Keyspace keys, string[] words)
    {
        if (keys.Find(words[1]) is not { EndsAt: not null } value)
        {
            return new(Resp.Number(0));
        }

        value.EndsAt = null;
        return new(Resp.Number(1), words);
    }

    // -2: no such key, -1: it stays; both as Redis has them.
    private static long Left(Keyspace keys, string key) => keys.Find(key) switch { null => -2, { EndsAt: { } end } => Math.Max(1, end - keys.Now), _ => -1 };
}

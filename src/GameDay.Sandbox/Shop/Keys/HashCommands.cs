using System.Globalization;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Commands on hashes.</summary>
internal static class HashCommands
{
    public static IReadOnlyDictionary<string, KeyCommand> All { get; } = new Dictionary<string, KeyCommand>
    {
        ["HSET"] = new(-4, Set, Writes: true),
        ["HINCRBY"] = new(4, Add, Writes: true),
        ["HDEL"] = new(-3, Delete, Writes: true),
        ["HGET"] = new(3, (keys, words) => Of(keys, words[1], fields => Resp.Bulk(fields.GetValueOrDefault(words[2])))),
        ["HEXISTS"] = new(3, (keys, words) => Of(keys, words[1], fields => Resp.Number(fields.ContainsKey(words[2]) ? 1 : 0))),
        ["HLEN"] = new(2, (keys, words) => Of(keys, words[1], fields => Resp.Number(fields.Count))),
        ["HGETALL"] = new(2, (keys, words) => Of(keys, words[1], fields => Resp.Bulks([.. fields.SelectMany(field => new[] { field.Key, field.Value })]))),
    };

    private static Outcome Of(Keyspace keys, string key, Func<Dictionary<string, string>, string> read) =>
        new(keys.Find(key) is { } value ? value.Fields is { } fields ? read(fields) : Resp.WrongType : read([]));

    /// <summary>The hash under this key, made when there is none; null when something else is there.</summary>
    private static Dictionary<string, string>? Open(Keyspace keys, string key)
    {
        if (keys.Find(key) is null)
        {
            keys.Put(key, new Keyspace.Value { Fields = new(StringComparer.Ordinal) });
        }

        return keys.Find(key)!.Fields;
    }

    private static Outcome Set(Keyspace keys, string[] words)
    {
        if (words.Length % 2 != 0)
        {
            return new(Resp.Error("ERR wrong number of arguments for 'hset' command"));
        }

        if (Open(keys, words[1]) is not { } fields)
        {
            return new(Resp.WrongType);
        }

        var before = fields.Count;
        for (var i = 2; i < words.Length; i += 2)
        {
            fields[words[i]] = words[i + 1];
        }

        return new(Resp.Number(fields.Count - before), words);
    }

    private static Outcome Add(Keyspace keys, string[] words)
    {
        if (!KeyCommands.IsNumber(words[3], out var by))
        {
            return new(Resp.Error("ERR value is not an integer or out of range"));
        }

        if (keys.Find(words[1]) is { Fields: null })
        {
            return new(Resp.WrongType);
        }

        if (!KeyCommands.IsNumber(keys.Find(words[1])?.Fields!.GetValueOrDefault(words[2]) ?? "0", out var number))
        {
            return new(Resp.Error("ERR hash value is not an integer"));
        }

        if (KeyCommands.Overflows(number, by))
        {
            return new(Resp.Error("ERR increment or decrement would overflow"));
        }

        Open(keys, words[1])![words[2]] = (number + by).ToString(CultureInfo.InvariantCulture);
        return new(Resp.Number(number + by), words);
    }

    private static Outcome Delete(Keyspace keys, string[] words)
    {
        if (keys.Find(words[1]) is not { } value)
        {
            return new(Resp.Number(0));
        }

        if (value.Fields is not { } fields)
        {
            return new(Resp.WrongType);
        }

        var gone = words.Skip(2).Count(fields.Remove);
        if (fields.Count == 0)
        {
            keys.Remove(words[1]);
        }

        return new(Resp.Number(gone), gone > 0 ? words : null);
    }
}

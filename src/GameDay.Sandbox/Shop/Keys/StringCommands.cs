using System.Globalization;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Commands on strings.</summary>
internal static class StringCommands
{
    private const string NotANumber = "ERR value is not an integer or out of range";

    public static IReadOnlyDictionary<string, KeyCommand> All { get; } = new Dictionary<string, KeyCommand>
    {
        ["GET"] = new(2, (keys, words) => new(Text(keys, words[1]))),
        ["STRLEN"] = new(2, (keys, words) => new(keys.Find(words[1]) is { Fields: not null } ? Resp.WrongType : Resp.Number(keys.Find(words[1])?.Text!.Length ?? 0))),
        ["MGET"] = new(-2, (keys, words) => new(Resp.Array([.. words.Skip(1).Select(key => Resp.Bulk(keys.Find(key)?.Text))]))),
        ["SET"] = new(-3, Set, Writes: true),
        ["SETNX"] = new(3, (keys, words) => Set(keys, [.. words, "NX"]) is { Effect: { } done } ? new(Resp.Number(1), done) : new(Resp.Number(0)), Writes: true),
        ["MSET"] = new(-3, SetMany, Writes: true),
        ["INCR"] = new(2, (keys, words) => Add(keys, words, 1), Writes: true),
        ["DECR"] = new(2, (keys, words) => Add(keys, words, -1), Writes: true),
        ["INCRBY"] = new(3, (keys, words) => KeyCommands.IsNumber(words[2], out var by) ? Add(keys, words, by) : new(Resp.Error(NotANumber)), Writes: true),
    };

    private static string Text(Keyspace keys, string key) => keys.Find(key) is { Fields: not null } ? Resp.WrongType : Resp.Bulk(keys.Find(key)?.Text);

    private static Outcome Set(Keyspace keys, string[] words)
    {
        if (SetOptions.Read(words, keys.Now) is not { } options)
        {
            return new(Resp.Error("ERR syntax error"));
        }

        if (options.Wrong is { } wrong)
        {
            return new(Resp.Error(wrong));
        }

        var old = keys.Find(words[1]);
        if ((options.OnlyNew && old is not null) || (options.OnlyThere && old is null))
        {
            return new(Resp.Nil);
        }

        keys.Put(words[1], new Keyspace.Value { Text = words[2], EndsAt = options.KeepsEnd ? old?.EndsAt : options.EndsAt });
        return new(Resp.Ok, keys.Find(words[1])?.EndsAt is { } end
            ? ["SET", words[1], words[2], "PXAT", end.ToString(CultureInfo.InvariantCulture)]
            : ["SET", words[1], words[2]]);
    }

    private static Outcome SetMany(Keyspace keys, string[] words)
    {
        if (words.Length % 2 == 0)
        {
            return new(Resp.Error("ERR wrong number of arguments for 'mset' command"));
        }

        for (var i = 1; i < words.Length; i += 2)
        {
            keys.Put(words[i], new Keyspace.Value { Text = words[i + 1] });
        }

        return new(Resp.Ok, words);
    }

    private static Outcome Add(Keyspace keys, string[] words, long by)
    {
        var value = keys.Find(words[1]);
        if (value is { Fields: not null })
        {
            return new(Resp.WrongType);
        }

        if (!KeyCommands.IsNumber(value?.Text ?? "0", out var number))
        {
            return new(Resp.Error(NotANumber));
        }

        if (KeyCommands.Overflows(number, by))
        {
            return new(Resp.Error("ERR increment or decrement would overflow"));
        }

        value ??= new Keyspace.Value();
        value.Text = (number + by).ToString(CultureInfo.InvariantCulture);
        keys.Put(words[1], value);
        return new(Resp.Number(number + by), words);
    }
}

using System.Globalization;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>The data: strings and hashes, some with an end. Not for several threads at once.</summary>
public sealed class Keyspace(TimeProvider clock)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>What one key holds: exactly one of the two.</summary>
    public sealed class Value
    {
        public string? Text { get; set; }

        public Dictionary<string, string>? Fields { get; init; }

        /// <summary>Unix time in milliseconds; null for keys that stay.</summary>
        public long? EndsAt { get; set; }
    }

    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public int Count
    {
        get
        {
            foreach (var ended in _values.Where(pair => pair.Value.EndsAt <= Now).Select(pair => pair.Key).ToList())
            {
                _values.Remove(ended);
            }

            return _values.Count;
        }
    }

    public int CountWithEnd => _values.Values.Count(value => value.EndsAt > Now);

    public IEnumerable<string> Keys => _values.Where(pair => pair.Value.EndsAt is null || pair.Value.EndsAt > Now).Select(pair => pair.Key);

    public Value? Find(string key)
    {
        if (_values.TryGetValue(key, out var value) && value.EndsAt <= Now)
        {
            _values.Remove(key);
            return null;
        }

        return value;
    }

    public void Put(string key, Value value) => _values[key] = value;

    public bool Remove(string key) => Find(key) is not null && _values.Remove(key);

    public void Clear() => _values.Clear();

    /// <summary>The requests that make the same data anew.</summary>
    public string Snapshot()
    {
        var requests = new StringBuilder();
        foreach (var (key, value) in _values.Where(pair => pair.Value.EndsAt is null || pair.Value.EndsAt > Now))
        {
            requests.Append(Resp.Bulks(value.Fields is { } fields
                ? ["HSET", key, .. fields.SelectMany(field => new[] { field.Key, field.Value })]
                : ["SET", key, value.Text!]));
            if (value.EndsAt is { } end)
            {
                requests.Append(Resp.Bulks(["PEXPIREAT", key, end.ToString(CultureInfo.InvariantCulture)]));
            }
        }

        return requests.ToString();
    }
}

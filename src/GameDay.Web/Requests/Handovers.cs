using System.Security.Cryptography;

namespace GameDay.Web.Requests;

/// <summary>The handovers of this node that are on their way. Few and short-lived: a page whose circuit comes later, or never, or to another node, asks again.</summary>
public sealed class Handovers(TimeProvider clock)
{
    public const int Most = 100;
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (IReadOnlyDictionary<object, Handover.Answered> Answers, DateTimeOffset Until)> _waiting = new(StringComparer.Ordinal);

    /// <returns>The key to take it by; null when too many are waiting.</returns>
    public string? Keep(IReadOnlyDictionary<object, Handover.Answered> answers)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var (old, _) in _waiting.Where(w => w.Value.Until <= now).ToList()) _waiting.Remove(old);
            if (_waiting.Count >= Most) return null;
            var key = RandomNumberGenerator.GetHexString(32);
            _waiting[key] = (answers, now + Longest);
            return key;
        }
    }

    /// <summary>Once only.</summary>
    public IReadOnlyDictionary<object, Handover.Answered>? Take(string key)
    {
        lock (_lock)
            return _waiting.Remove(key, out var found) && found.Until > clock.GetUtcNow() ? found.Answers : null;
    }
}

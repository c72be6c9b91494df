namespace GameDay.Benchmarks.Leak.Judging;

/// <summary>The promises, asked of what was seen. A violation is recorded once.</summary>
internal sealed class Rulings(CourtRecord facts, TimeProvider clock)
{
    /// <summary>Every fault is gone by its deadline and this.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnknownDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan KernelSlack = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan BlindBeat = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan AbortWithin = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, Violation> _violations = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, DateTimeOffset Until)> _excuses = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset Until)> _databaseAway = [];
    private readonly Dictionary<string, DateTimeOffset> _aborts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _calm = new(StringComparer.Ordinal);

    public IReadOnlyList<Violation> Violations { get { lock (facts.Gate) return [.. _violations.Values]; } }

    /// <summary>While the API is away, or a node silent, the promise counts from the return. An empty prefix is everything.</summary>
    public void Excuse(DateTimeOffset until, string prefix = "") { lock (facts.Gate) _excuses.Add((prefix, until)); }

    public void DatabaseAway(DateTimeOffset from, DateTimeOffset until) { lock (facts.Gate) _databaseAway.Add((from, until)); }

    /// <summary>An abort of everything in this namespace was answered: it ends now, not when the loop comes round.</summary>
    public void Aborted(string ns) { lock (facts.Gate) _aborts[ns] = clock.GetUtcNow(); }

    /// <summary>Nothing was done to the product here that could end a fault before its time.</summary>
    public void Calm(string ns) { lock (facts.Gate) _calm.Add(ns); }

    public void LookNow()
    {
        lock (facts.Gate)
        {
            var now = clock.GetUtcNow();
            foreach (var effect in facts.Effects) LookAt(effect, now);
            foreach (var entry in facts.Entries) LookAt(entry, now);
            foreach (var layer in facts.Effects.Where(e => e.Present && e.Key.Layer is "net" or "replicas" or "cordon" && e.Present).GroupBy(e => (e.Key.Layer, e.Key.Where)).Where(g => g.Count() > 1))
                Break("double", $"{layer.Key}", $"{layer.Count()} faults at once in {layer.Key.Layer} of {layer.Key.Where}: {string.Join(", ", layer.Select(e => e.Key.Injection))}", now);
            foreach (var (lease, at) in facts.Beats.Where(b => _databaseAway.Any(d => b.At > d.From + BlindBeat && b.At < d.Until)))
                Break("beat", lease, $"{lease} was renewed at {at:HH:mm:ss.f} though PostgreSQL was away for {BlindBeat.TotalSeconds:0} s and more", now);
        }
    }

    /// <summary>After a trial: workloads have what they had, or what somebody else gave them.</summary>
    public void LookAtWorkloads(string ns)
    {
        lock (facts.Gate)
            foreach (var (where, has, wanted, foreign) in facts.Workloads.Where(w => w.Where.StartsWith($"{ns}/", StringComparison.Ordinal) && w.Now != w.Wanted))
                Break(foreign ? "overwritten" : "leak", where, $"{where} has {has} replicas, it should have {wanted}{(foreign ? ", as somebody else wrote meanwhile" : "")}", clock.GetUtcNow());
    }

    public DateTimeOffset DeadlineOf(Effect effect) => facts.EntryOf(effect.Key.Injection)?.Deadline ?? effect.FirstSeen + UnknownDuration;

    public DateTimeOffset LimitOf(Effect effect)
    {
        var from = DeadlineOf(effect);
        foreach (var (prefix, until) in _excuses)
            if (until > from && until - from < TimeSpan.FromMinutes(5) && effect.Key.Where.StartsWith(prefix, StringComparison.Ordinal) && effect.FirstSeen < until) from = until;
        return from + Grace;
    }

    private void LookAt(Effect effect, DateTimeOffset now)
    {
        var (key, id) = (effect.Key, effect.Key.Injection);
        var name = $"{key.Layer} fault {id} on {key.Where}";
        if (effect.Present && now > LimitOf(effect)) Break("leak", $"{key}", $"{name} is there {(now - DeadlineOf(effect)).TotalSeconds:0} s after its deadline", now);
        if (effect.Appearances > 1) Break("double", $"{key}", $"{name} came {effect.Appearances} times", now);
        var ns = key.Where.Split('/')[0];
        if (effect.Present && _aborts.TryGetValue(ns, out var aborted) && now > aborted + AbortWithin) Break("abort", $"{key}", $"{name} is there {(now - aborted).TotalSeconds:0} s after the abort was answered", now);
        LookAtEarly(effect, name, ns, now);
        if (facts.EntryOf(id) is not { } entry) { if (now > effect.FirstSeen + TimeSpan.FromSeconds(5)) Break("order", $"{key}", $"{name} has no ledger entry", now); return; }
        if (effect.FirstVersion < entry.Version) Break("order", $"{key}", $"{name} was made before its ledger entry (version {effect.FirstVersion} before {entry.Version})", now);
        var after = key.Layer == "net" ? effect.Present && effect.LastSeen > entry.ProvedSeen + KernelSlack : effect.Present && entry.ProvedSeen + KernelSlack < now || effect.GoneVersion > entry.ProvedVersion;
        if (entry.ProvedSeen is not null && after) Break("proof", $"{key}", $"{name} is there though its entry says proved", now);
    }

    private void LookAtEarly(Effect effect, string name, string ns, DateTimeOffset now)
    {
        if (!_calm.Contains(ns) || effect.Gone is not { } gone || facts.EntryOf(effect.Key.Injection) is not { } entry) return;
        if (gone - effect.FirstSeen < entry.Duration / 3) Break("early", $"{effect.Key}", $"{name} was ended after {(gone - effect.FirstSeen).TotalSeconds:0.#} s of {entry.Duration.TotalSeconds:0} s, and nobody had a reason", now);
    }

    private void LookAt(Entry entry, DateTimeOffset now)
    {
        if (entry.Deleted is not { } deleted || deleted - (entry.ProvedSeen ?? deleted) >= TimeSpan.FromMinutes(9.9)) return;
        var retired = facts.Entries.Any(e => e.Name == entry.Name && e.Seen > deleted - TimeSpan.FromSeconds(1) && e.Uid != entry.Uid);
        if (!retired && now > deleted + TimeSpan.FromSeconds(15)) Break("entry", entry.Uid, $"the entry of {entry.Kind} {entry.Injection} was deleted {(entry.ProvedSeen is null ? "unproved" : "right after its proof")}", now);
    }

    private void Break(string rule, string key, string text, DateTimeOffset at) => _violations.TryAdd($"{rule} {key}", new Violation(rule, text, at));
}

namespace GameDay.Benchmarks.Leak.Judging;

/// <summary>One fault that is really there, as seen in the sandbox's own state: a kernel table, a policy, a workload at zero, a cordon.</summary>
/// <param name="Layer">net, policy, replicas or cordon.</param>
/// <param name="Where">What is changed: <c>namespace/name</c> of pod or workload, a node's name.</param>
/// <param name="Injection">The eight digits that its maker left on it.</param>
internal sealed record EffectKey(string Layer, string Where, string Injection);

/// <summary>When an effect was there. Versions order what other streams say; times are this process's.</summary>
internal sealed class Effect(EffectKey key)
{
    public EffectKey Key => key;
    public bool Present { get; set; }
    public int Appearances { get; set; }
    public DateTimeOffset FirstSeen { get; set; }
    public DateTimeOffset LastSeen { get; set; }
    public DateTimeOffset? Gone { get; set; }
    /// <summary>resourceVersion of the write that made it; null when the object has none of its own (a kernel).</summary>
    public long? FirstVersion { get; set; }
    public long? GoneVersion { get; set; }
}

/// <summary>One ledger entry as it stood in the store.</summary>
internal sealed class Entry(string name, string injection, string uid, long version, DateTimeOffset seen, TimeSpan duration, string kind, string layer, string ns)
{
    public string Name => name;
    public string Injection => injection;
    public string Uid => uid;
    public long Version => version;
    public DateTimeOffset Seen => seen;
    public TimeSpan Duration => duration;
    public string Kind => kind;
    public string Layer => layer;
    public string Namespace => ns;
    public DateTimeOffset Deadline => seen + duration;
    public long? ProvedVersion { get; set; }
    public DateTimeOffset? ProvedSeen { get; set; }
    public DateTimeOffset? Deleted { get; set; }
}

/// <param name="Rule">Which promise: leak, double, order, proof, entry, overwritten, beat, abort, early.</param>
internal sealed record Violation(string Rule, string Text, DateTimeOffset At)
{
    public bool IsLeak => Rule == "leak";
    public bool IsDouble => Rule == "double";
}

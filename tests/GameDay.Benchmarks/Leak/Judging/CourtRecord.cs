using System.Text.Json.Nodes;
using GameDay.Benchmarks.Cluster;

namespace GameDay.Benchmarks.Leak.Judging;

/// <summary>What was seen, and when; the rules are asked of it elsewhere.</summary>
internal sealed class CourtRecord(TimeProvider clock)
{
    private const string InjectionLabel = "gameday.dev/injection";
    private readonly Dictionary<EffectKey, Effect> _effects = [];
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<Entry> _allEntries = [];
    private readonly Dictionary<string, int> _replicas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Wanted, bool Foreign)> _expected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _agentVersions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _agents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _podsGone = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();
    /// <summary>Most faults that were there at the same time.</summary>
    public int Peak { get; set; }
    public IReadOnlyCollection<Effect> Effects => _effects.Values;
    public IReadOnlyList<Entry> Entries => _allEntries;
    /// <summary>Renewals of run leases, as they were heard.</summary>
    public List<(string Lease, DateTimeOffset At)> Beats { get; } = [];
    /// <summary>Pods that are gone, for kills: <c>namespace/name</c>.</summary>
    public IReadOnlySet<string> PodsGone => _podsGone;
    /// <summary>Agent containers seen in a pod, by <c>namespace/pod</c>.</summary>
    public IReadOnlyDictionary<string, string> Agents => _agents;
    public IEnumerable<(string Where, int Now, int Wanted, bool Foreign)> Workloads => _expected.Select(e => (e.Key, _replicas.GetValueOrDefault(e.Key, -1), e.Value.Wanted, e.Value.Foreign));

    /// <summary>What a workload had before any fault, or what somebody else gave it meanwhile.</summary>
    public void Expect(string ns, string deployment, int replicas, bool foreign = false)
    {
        lock (Gate) _expected[$"{ns}/{deployment}"] = (replicas, foreign);
    }

    public Entry? EntryOf(string injection) => _allEntries.LastOrDefault(e => e.Injection == injection);

    public void EntrySeen(JsonObject map)
    {
        if (map["data"]?["shortId"]?.GetValue<string>() is not { } id || map.Label("gameday.dev/ledger") is null) return;
        lock (Gate)
        {
            var now = clock.GetUtcNow();
            if (!_entries.TryGetValue(map.Uid(), out var entry))
            {
                var data = map["data"]!;
                var duration = TimeSpan.FromSeconds(double.Parse(data["duration"]!.GetValue<string>()));
                _entries[map.Uid()] = entry = new Entry(map.Name(), id, map.Uid(), map.Version(), now, duration, data["kind"]!.GetValue<string>(), data["layer"]!.GetValue<string>(), data["namespace"]!.GetValue<string>());
                _allEntries.Add(entry);
            }
            if (entry.ProvedSeen is null && map["data"]!["recorded"]?.GetValue<string>() == "proved") (entry.ProvedSeen, entry.ProvedVersion) = (now, map.Version());
        }
    }

    public void EntryGone(JsonObject map, long version)
    {
        lock (Gate)
            if (_entries.Remove(map.Uid(), out var entry)) entry.Deleted = clock.GetUtcNow();
    }

    public void LeaseSeen(JsonObject lease)
    {
        if (!lease.Name().StartsWith("gameday-run-", StringComparison.Ordinal)) return;
        lock (Gate) Beats.Add((lease.Name(), clock.GetUtcNow()));
    }

    public void PolicySeen(JsonObject policy)
    {
        if (policy.Label(InjectionLabel) is { } id) Seen(new EffectKey("policy", $"{policy.Namespace()}/{policy.Name()}", id), policy.Version());
    }

    public void PolicyGone(JsonObject policy, long version)
    {
        if (policy.Label(InjectionLabel) is { } id) Gone(new EffectKey("policy", $"{policy.Namespace()}/{policy.Name()}", id), version);
    }

    public void DeploymentSeen(JsonObject deployment)
    {
        var where = $"{deployment.Namespace()}/{deployment.Name()}";
        var replicas = deployment["spec"]?["replicas"]?.GetValue<int>() ?? 1;
        lock (Gate)
        {
            _replicas[where] = replicas;
            if (replicas == 0 && deployment.Label(InjectionLabel) is { } id && _expected.ContainsKey(where)) Seen(new EffectKey("replicas", where, id), deployment.Version());
            else if (replicas != 0) GoneAll("replicas", where, deployment.Version());
        }
    }

    public void DeploymentGone(JsonObject deployment, long version) => GoneAll("replicas", $"{deployment.Namespace()}/{deployment.Name()}", version);

    public void NodeSeen(JsonObject node)
    {
        var cordoned = node["spec"]?["unschedulable"]?.GetValue<bool>() == true;
        if (cordoned && node.Label(InjectionLabel) is { } id) Seen(new EffectKey("cordon", node.Name(), id), node.Version());
        else if (!cordoned) GoneAll("cordon", node.Name(), node.Version());
    }

    public void PodSeen(JsonObject pod)
    {
        foreach (var container in pod["spec"]?["ephemeralContainers"]?.AsArray() ?? [])
        {
            var words = (container!["command"]?.AsArray() ?? []).Concat(container["args"]?.AsArray() ?? []).Select(w => w!.GetValue<string>()).ToList();
            if (words.IndexOf("--id") is not (>= 0 and var at) || !words.Contains("inject")) continue;
            lock (Gate)
            {
                _agentVersions.TryAdd(words[at + 1], pod.Version());
                _agents[$"{pod.Namespace()}/{pod.Name()}"] = container["name"]!.GetValue<string>();
            }
        }
    }

    public void PodGone(JsonObject pod, long version)
    {
        lock (Gate)
        {
            _podsGone.Add($"{pod.Namespace()}/{pod.Name()}");
            _agents.Remove($"{pod.Namespace()}/{pod.Name()}");
        }
    }

    /// <param name="asked">When the sample was asked for: what it shows was so no earlier.</param>
    public void KernelsSeen(JsonArray kernels, DateTimeOffset asked)
    {
        lock (Gate)
        {
            var live = kernels.SelectMany(k => LiveTables(k!.AsObject())).ToHashSet();
            foreach (var key in live) Seen(key, _agentVersions.TryGetValue(key.Injection, out var v) ? v : null, asked);
            foreach (var effect in _effects.Values.Where(e => e.Key.Layer == "net" && e.Present && !live.Contains(e.Key))) Gone(effect.Key, null);
        }
    }

    /// <summary>A table without a living set element matches nothing: it is inert.</summary>
    private static IEnumerable<EffectKey> LiveTables(JsonObject kernel)
    {
        var where = $"{kernel["namespace"]?.GetValue<string>()}/{kernel["name"]?.GetValue<string>() ?? kernel["uid"]!.GetValue<string>()}";
        foreach (var listing in kernel["tables"]!.AsArray())
        {
            var parts = listing!.AsArray();
            var name = parts.Select(p => p!["table"]?["name"]?.GetValue<string>()).FirstOrDefault(n => n is not null) ?? "";
            if (name.StartsWith("gameday_", StringComparison.Ordinal) && parts.Any(p => p!["set"]?["elem"] is JsonArray { Count: > 0 })) yield return new EffectKey("net", where, name["gameday_".Length..]);
        }
    }

    private void Seen(EffectKey key, long? version, DateTimeOffset? at = null)
    {
        lock (Gate)
        {
            var now = clock.GetUtcNow();
            if (!_effects.TryGetValue(key, out var effect)) _effects[key] = effect = new Effect(key) { FirstSeen = now, FirstVersion = version };
            if (!effect.Present) effect.Appearances++;
            (effect.Present, effect.LastSeen, effect.Gone) = (true, at ?? now, null);
            Peak = Math.Max(Peak, _effects.Values.Count(e => e.Present));
        }
    }

    private void Gone(EffectKey key, long? version)
    {
        lock (Gate)
            if (_effects.TryGetValue(key, out var effect) && effect.Present) (effect.Present, effect.Gone, effect.GoneVersion) = (false, clock.GetUtcNow(), version);
    }

    private void GoneAll(string layer, string where, long version)
    {
        lock (Gate)
            foreach (var effect in _effects.Values.Where(e => e.Present && e.Key.Layer == layer && e.Key.Where == where)) Gone(effect.Key, version);
    }
}

using System.Collections.Concurrent;
using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.IntegrationTests.Engine;

/// <summary>
/// An honest little cluster in memory: pods, faults that are really in place or not, a ledger that refuses the second claim, a halt object.
/// Its switches make it misbehave the way real ones do. It outlives the engines under test, as a real cluster would.
/// </summary>
public sealed class FakeCluster : IFault, ILedger, IRunBeat, ITargets, IProbeSource, IClusters
{
    private readonly ConcurrentDictionary<string, LedgerEntry> _entries = [];
    private ConcurrentDictionary<Guid, InjectionOrder> Orders { get; } = [];

    /// <summary>Uids that carry the fault now: the truth the judge looks at.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Faulted { get; } = [];
    public ConcurrentQueue<string> Injected { get; } = [];
    /// <summary>Uids of pods that are gone for good.</summary>
    public ConcurrentBag<string> Killed { get; } = [];
    public ConcurrentQueue<string> RevertOrder { get; } = [];
    public List<FaultTarget> Pods { get; set; } = [Pod("cart-1"), Pod("cart-2"), Pod("cart-3")];
    public int Choose { get; set; } = 1;
    public string? HaltObject { get; private set; }

    public Func<FakeCluster, double> Success { get; set; } = _ => 100;
    public bool ProbesAway { get; set; }
    public bool Away { get; set; }
    public bool InjectFails { get; set; }
    public bool InjectFailsAfterTheAct { get; set; }
    public bool NoEffect { get; set; }
    public bool VerifyFindsIt { get; set; }
    public string? RevertFailsOn { get; set; }
    public TimeSpan InjectTakes { get; set; }
    /// <summary>The answer is lost and the request lands this much later.</summary>
    public TimeSpan? LandsLate { get; set; }
    public bool Denied { get; set; }
    /// <summary>The API server's clock less the engines'.</summary>
    public TimeSpan Ahead { get; set; }
    /// <summary>Acts whatever its caller cancels, as a process that slept right before its call.</summary>
    public TimeSpan SleepsBeforeTheAct { get; set; }
    public string Layer { get; set; } = "net";
    /// <summary>The fault is one that puts an agent into its target.</summary>
    public bool PutsAgents { get; set; }
    /// <summary>A proved entry makes room for a new claim this long after its creation.</summary>
    public TimeSpan GivesWayAfter { get; set; }

    public IEnumerable<LedgerEntry> Entries => _entries.Values;
    public IEnumerable<LedgerEntry> Unproved => _entries.Values.Where(e => e.Recorded != "proved");

    public FaultKind Kind => new("fake", "Fake", "A fault of the tests", Layer, "process",
        [new FaultSetting("delay", SettingType.Duration, "how long", Default: "100ms"), new FaultSetting("unset", SettingType.Text, "left out", Default: "default")],
        [new PermissionNeeded("", "pods", "get"), .. PutsAgents ? [new PermissionNeeded("", "pods/ephemeralcontainers", "patch")] : (PermissionNeeded[])[]], ["the engine"], "runbooks/faults/fake.md");

    public InjectionOrder? LastOrder { get; private set; }

    /// <summary>What somebody else does between the guards and the claim.</summary>
    public Func<Task>? BeforeTheClaim { get; set; }

    public async Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct)
    {
        if (BeforeTheClaim is { } act) await act();
        return await Answer(() => new UndoPlan("fake", Layer, new Dictionary<string, string> { ["pod"] = order.Target.Name }, "kubectl undo"));
    }

    public async Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        LastOrder = order;
        ThrowIfAway();
        if (Layer != "none" && (!_entries.TryGetValue(Key(order), out var right) || right.Name != order.ShortId || right.Recorded == "proved")) throw new InvalidOperationException("injected without the right to");
        if (order.NotAfter < TimeProvider.System.GetUtcNow()) throw new FaultRefused("too late");
        if (InjectFails) throw new FaultRefused($"{order.Target.Name} cannot be faulted");
        if (LandsLate is { } late)
        {
            _ = Task.Delay(late, CancellationToken.None).ContinueWith(_ => Act(order), TaskScheduler.Default);
            throw new HttpRequestException("the answer was lost");
        }
        await Task.Delay(InjectTakes, ct);
        await Task.Delay(SleepsBeforeTheAct, CancellationToken.None);
        if (!NoEffect) Act(order);
        if (InjectFailsAfterTheAct) throw new HttpRequestException("the answer was lost");
        return Seen(!NoEffect, NoEffect ? "no effect" : "300 ms more");
    }

    public async Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
    {
        RevertOrder.Enqueue(order.Target.Name);
        ThrowIfAway();
        if (RevertFailsOn == order.Target.Name) throw new HttpRequestException("exec refused");
        if (!VerifyFindsIt) Faulted.TryRemove(order.Target.Uid, out _);
        await Task.Yield();
    }

    public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        Answer(() => Faulted.ContainsKey(order.Target.Uid) ? Seen(false, "still there") : Seen(true, "0.5 ms, as before"));

    public Task<LedgerEntry> ClaimAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Answer(() =>
    {
        if (HaltObject is not null) throw new HaltInForce("halted");
        var now = TimeProvider.System.GetUtcNow() + Ahead;
        var entry = new LedgerEntry(order.ShortId, now, now, "Active", "Active", "1");
        if (undo.Layer == "none") return entry;
        lock (_entries)
        {
            if (Hold(order.Target, Layer) is { } held && held.FreeIn != TimeSpan.Zero) throw new LedgerHeld(held.Words);
            _entries[Key(order)] = entry;
            Orders[order.InjectionId] = order;
        }
        return entry;
    });

    public Task<IReadOnlySet<Guid>> WantedActiveAsync(string cluster, Guid runId, CancellationToken ct) => Answer<IReadOnlySet<Guid>>(() =>
        Orders.Values.Where(o => o.RunId == runId && _entries.TryGetValue(Key(o), out var entry) && entry is { Wanted: "Active" } && entry.Name == o.ShortId).Select(o => o.InjectionId).ToHashSet());

    public Task<LedgerEntry?> FindAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) =>
        Answer(() => _entries.TryGetValue(Key(order), out var entry) && entry.Name == order.ShortId ? entry with { ServerNow = TimeProvider.System.GetUtcNow() + Ahead } : null);

    public Task MarkProvedAsync(InjectionOrder order, UndoPlan undo, Evidence proof, CancellationToken ct) => Answer(() =>
    {
        if (!proof.Holds) throw new ArgumentException("not a proof", nameof(proof));
        return Move(order, entry => entry with { Wanted = "Reverted", Recorded = "proved" });
    });

    public Task<IReadOnlyList<LedgerHold>> HoldsAsync(string cluster, string layer, IReadOnlyList<FaultTarget> targets, CancellationToken ct) => Answer<IReadOnlyList<LedgerHold>>(() =>
        [.. targets.Select(t => Hold(t, layer)).OfType<LedgerHold>()]);

    public Task WantRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Answer(() => Move(order, entry => entry with { Wanted = "Reverted" }));

    /// <summary>Runs that give a sign of life now, and how often each has.</summary>
    public ConcurrentDictionary<Guid, int> Beats { get; } = [];
    public bool BeatsRefused { get; set; }

    public Task BeatAsync(string cluster, Guid runId, CancellationToken ct) => Answer(() =>
        BeatsRefused ? throw new HttpRequestException("leases are forbidden") : Beats.AddOrUpdate(runId, 1, (_, n) => n + 1));

    public Task EndAsync(string cluster, Guid runId, CancellationToken ct) => Answer(() => Beats.TryRemove(runId, out _));

    public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => Answer<IReadOnlyList<Rehearsal>>(() => [new("fake", !Denied, "asked")]);

    public Task<IReadOnlyList<Leftover>> SweepAsync(string cluster, CancellationToken ct) =>
        Answer<IReadOnlyList<Leftover>>(() => [.. Unproved.Select(e => new Leftover(cluster, e.Name, "a run", "i", true, "kubectl undo"))]);

    public Task SetHaltAsync(string cluster, string? reason, CancellationToken ct) => Answer(() => HaltObject = reason);

    public Task<bool> IsHaltedAsync(string cluster, CancellationToken ct) => Answer(() => HaltObject is not null);

    public Task<ResolvedTargets> ResolveAsync(string cluster, TargetSpec spec, TargetKind kind, int seed, CancellationToken ct) =>
        Answer(() => Pods.Count == 0 ? throw new RuleBroken("NoTargets", $"no pod matches {spec.Selector}") : new ResolvedTargets(Pods.Count, [.. Pods.Take(Choose)]));

    public Task<IReadOnlyList<PermissionAnswer>> AskPermissionsAsync(string cluster, string ns, IReadOnlyList<PermissionNeeded> needed, CancellationToken ct) =>
        Answer<IReadOnlyList<PermissionAnswer>>(() => [.. needed.Select(n => new PermissionAnswer(n, !Denied, null))]);

    public bool Handles(ProbeSpec probe) => true;

    public Task<IReadOnlyList<double>> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct) =>
        ProbesAway ? throw new HttpRequestException("monitor away") : Task.FromResult<IReadOnlyList<double>>([Success(this)]);

    public IReadOnlyList<ClusterInfo> All => [new ClusterInfo("sandbox", true, "https://127.0.0.1")];

    public Task<string> ProbeAsync(string cluster, CancellationToken ct) => Answer(() => "v1.33");

    public void PutHalt(string? reason) => HaltObject = reason;

    public static FaultTarget Pod(string name, string? uid = null, string owner = "Deployment/cart") =>
        new() { Cluster = "sandbox", Namespace = "shop", Kind = "Pod", Name = name, Uid = uid ?? Guid.NewGuid().ToString(), Owner = owner, Ready = true };

    private void Act(InjectionOrder order)
    {
        Injected.Enqueue(order.Target.Name);
        Faulted[order.Target.Uid] = TimeProvider.System.GetUtcNow();
    }

    private bool Move(InjectionOrder order, Func<LedgerEntry, LedgerEntry> to)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(Key(order), out var entry) && entry.Name == order.ShortId) _entries[Key(order)] = to(entry);
            return true;
        }
    }

    private LedgerHold? Hold(FaultTarget target, string layer)
    {
        if (!_entries.TryGetValue($"{target.Uid}/{layer}", out var entry)) return null;
        if (entry.Recorded != "proved") return new LedgerHold(target, $"{target.Name} is held by {entry.Name}", null);
        var freeIn = entry.CreatedAt + GivesWayAfter - Ahead - TimeProvider.System.GetUtcNow();
        return new LedgerHold(target, $"{target.Name} was released by injection {entry.Name} a moment ago", freeIn > TimeSpan.Zero ? freeIn : TimeSpan.Zero);
    }

    private string Key(InjectionOrder order) => $"{order.Target.Uid}/{Layer}";

    private static Evidence Seen(bool holds, string what) => new(holds, what, new Dictionary<string, string>(), TimeProvider.System.GetUtcNow());

    private Task<T> Answer<T>(Func<T> answer)
    {
        ThrowIfAway();
        return Task.FromResult(answer());
    }

    private void ThrowIfAway()
    {
        if (Away) throw new HttpRequestException("the API server is away");
    }
}

using GameDay.Benchmarks.Cluster;
using GameDay.Benchmarks.Leak.Judging;
using GameDay.Benchmarks.Plants;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Leak;

/// <summary>Some twenty-four faults of all kinds at once in a namespace of their own, and mishaps meanwhile.</summary>
internal sealed class Trial(Stack stack, Judge judge, string ns, int number, Random chance, SemaphoreSlim deaths, Plant? plant)
{
    /// <summary>As many faults at once belong to a trial.</summary>
    public const int Many = 20;

    private const int Each = 3;
    private static readonly TimeSpan ManyWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EffectsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(120);
    private readonly List<Guid> _exercises = [];
    private readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow();
    private readonly Crowd _crowd = new(stack.Cluster);

    public IReadOnlyList<string> Drawn { get; private set; } = [];

    /// <summary>Faults that were in place, pod kills included.</summary>
    public int Faults { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        await SetUpAsync(ct);
        Drawn = Draw();
        if (plant?.Calm == true || Drawn.Count == 0) judge.Rules.Calm(ns);
        if (Drawn.Contains("image-late")) await stack.Cluster.PostAsync("sandbox/images", """{"image":"*","delaySeconds":41}""", ct);
        await Task.WhenAll(Groups().Select(g => StartAsync(g, ct)));
        await UntilAsync(() => Here().Any(e => e.Present), EffectsWithin, ct);
        // Three of four meet their mishaps with all faults in place, the others on the way there.
        if (chance.Next(4) > 0) await UntilAsync(() => Here().Count(e => e.Present) >= Many, ManyWithin, ct);
        await Task.WhenAll(Drawn.Select(name => (Name: name, Own: new Random(chance.Next()))).ToList().Select(d => MishapAsync(d.Name, d.Own, ct)));
        await UntilAsync(() => IsQuiet() || (plant is not null && judge.Rules.Violations.Count > 0), QuietWithin, ct);
        if (Drawn.Contains("image-late")) await stack.Cluster.PostAsync("sandbox/images", """{"image":"*"}""", ct);
        // What was not used up would only keep the next trial from starting.
        await stack.Cluster.DeleteAsync("sandbox/misbehaviours", null, ct);
        // What somebody else wrote a moment ago may not have been heard of yet.
        await UntilAsync(WorkloadsAreRight, HeardWithin, ct);
        judge.Rules.LookAtWorkloads(ns);
        Faults = Here().Count + judge.Facts.PodsGone.Count(p => p.StartsWith($"{ns}/kill", StringComparison.Ordinal));
    }

    private async Task SetUpAsync(CancellationToken ct)
    {
        await _crowd.NamespaceAsync(ns, ct);
        await _crowd.AnchorAsync(ns, ct);
        await _crowd.DeploymentsAsync(ns, "server", 1, 1, ct, "gameday/shop-payments:1");
        foreach (var app in (string[])["lat1", "lat2", "lat3", "part1", "part2", "kill1"]) await _crowd.PodsAsync(ns, app, Each, ct);
        foreach (var app in (string[])["dep1", "dep2"])
        {
            await _crowd.DeploymentsAsync(ns, app, Each, 1, ct);
            for (var i = 1; i <= Each; i++) judge.Facts.Expect(ns, $"{app}-{i}", 1);
        }
    }

    private IEnumerable<Group> Groups()
    {
        Group[] all =
        [
            Pods("lat1", "kind: network-latency, delay: 300ms, to: app=server"), Pods("lat2", "kind: network-latency, delay: 200ms, to: app=server"),
            Pods("lat3", "kind: network-partition, to: app=server, by: agent"),
            Pods("part1", "kind: network-partition, to: app=server"), Pods("part2", "kind: network-partition, to: app=server"),
            Pods("dep1", "kind: dependency-outage"), Pods("dep2", "kind: dependency-outage"),
            Pods("kill1", "kind: pod-kill"),
            chance.Next(3) > 0
                ? new("zone", "kind: zone-outage, mode: cordon", $"namespace: {ns}, zone: {"abc"[number % 3]}, choose: all")
                : new("drain", "kind: node-drain", $"namespace: {ns}, node: node-{"abc"[number % 3]}{chance.Next(1, 3)}, choose: one"),
        ];
        return all.Where(g => plant?.OnlyAgents != true || g.Name.StartsWith("lat", StringComparison.Ordinal));
    }

    private Group Pods(string app, string fault) => new(app, fault, $"namespace: {ns}, selector: app={app}, choose: all");

    private async Task StartAsync(Group group, CancellationToken ct)
    {
        var seconds = plant?.Seconds ?? chance.Next(8, 16);
        try
        {
            var id = await stack.App.RunAsync(ExerciseText.Of($"{ns} {group.Name}", group.Fault, group.Targets, $"{seconds}s", ns), ct);
            lock (_exercises) _exercises.Add(id);
        }
        catch (Exception e) when (e is HttpRequestException or StageFailed) { Progress.Say($"leak: {ns} {group.Name} did not start: {e.Message}"); }
    }

    private sealed record Group(string Name, string Fault, string Targets);

    private List<string> Draw() => plant is not null ? [.. plant.Provoked]
        : [.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Mishaps.Drawn.Keys.ElementAt(chance.Next(Mishaps.Drawn.Count)))];

    /// <param name="own">Chance of this mishap alone: several go on at once.</param>
    private async Task MishapAsync(string name, Random own, CancellationToken ct)
    {
        var scene = new Scene(stack, judge, ns, own, deaths, _exercises);
        await Task.Delay(scene.Between(plant is null ? 0 : 1, plant is null ? 14 : 3), ct);
        await Mishaps.Named(name)(scene, ct);
    }

    /// <summary>Nothing is there, every entry is proved, and the app is up for the next trial.</summary>
    private bool IsQuiet()
    {
        lock (judge.Facts.Gate)
            return Here().All(e => !e.Present) && judge.Facts.Entries.Where(e => e.Namespace == ns || e.Seen > _began).All(e => e.ProvedSeen is not null || e.Deleted is not null) && stack.App.Process.IsRunning;
    }

    private bool WorkloadsAreRight()
    {
        lock (judge.Facts.Gate) return judge.Facts.Workloads.Where(w => w.Where.StartsWith($"{ns}/", StringComparison.Ordinal)).All(w => w.Now == w.Wanted);
    }

    private List<Effect> Here()
    {
        lock (judge.Facts.Gate) return [.. judge.Facts.Effects.Where(e => e.Key.Where.StartsWith($"{ns}/", StringComparison.Ordinal) || (e.Key.Layer == "cordon" && e.FirstSeen > _began))];
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan patience, CancellationToken ct)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); !holds() && watch.Elapsed < patience;) await Task.Delay(250, ct);
    }
}

using GameDay.Benchmarks.Cluster;

namespace GameDay.Benchmarks.Leak;

/// <summary>Faults on ourselves, by name. Each lasts as long as it says and leaves the stage whole.</summary>
internal static class Mishaps
{
    private static readonly int[] Clocks = [0, 0, 300, -300];

    /// <summary>Those that are drawn at random; all of them are within the promise.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Scene, CancellationToken, Task>> Drawn = new Dictionary<string, Func<Scene, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        ["kill-app"] = (s, ct) => KillAppAsync(s, s.Between(0, 12), ct),
        ["pause-app"] = PauseAppAsync,
        ["kill-reaper"] = (s, ct) => KillReaperAsync(s, s.Between(0, 12), ct),
        ["kill-database"] = (s, ct) => KillDatabaseAsync(s, s.Between(1, 12), ct),
        ["kill-agent"] = (s, ct) => EndAgentAsync(s, "kill", ct),
        ["oom-agent"] = (s, ct) => EndAgentAsync(s, "oom", ct),
        ["lost-answer"] = (s, ct) => s.MisbehaveAsync("lostAnswer", ct, method: s.One("POST", "PATCH", "PUT", "DELETE"), times: s.Chance.Next(1, 4)),
        ["late-effect"] = (s, ct) => s.MisbehaveAsync("lateEffect", ct, method: s.One("POST", "PATCH", "PUT", "DELETE"), delay: s.Between(0, 40)),
        ["stale-read"] = (s, ct) => s.MisbehaveAsync("staleRead", ct, delay: s.Between(1, 8), times: s.Chance.Next(1, 10)),
        ["lost-watch"] = (s, ct) => s.MisbehaveAsync("lostWatch", ct, times: 2),
        ["api-away"] = ApiAwayAsync,
        ["replace-pod"] = ReplacePodAsync,
        ["node-silent"] = NodeSilentAsync,
        ["somebody-scales"] = SomebodyScalesAsync,
    };

    /// <summary>Those that only planted defects are met with.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Scene, CancellationToken, Task>> Aimed = new Dictionary<string, Func<Scene, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        ["late-undo"] = (s, ct) => s.MisbehaveAsync("lateEffect", ct, path: "networkpolicies", method: "DELETE", delay: TimeSpan.FromSeconds(30), lasting: TimeSpan.FromSeconds(60)),
        ["end-by-hand"] = EndByHandAsync,
        ["image-late"] = (_, _) => Task.CompletedTask, // set before the trial begins
        ["kill-database-long"] = (s, ct) => KillDatabaseAsync(s, TimeSpan.FromSeconds(16), ct),
        ["abort"] = AbortAsync,
        ["kill-everything"] = KillEverythingAsync,
    };

    public static Func<Scene, CancellationToken, Task> Named(string name) => Drawn.TryGetValue(name, out var drawn) ? drawn : Aimed[name];

    private static Task KillAppAsync(Scene s, TimeSpan dead, CancellationToken ct) => s.DeadAsync(async () =>
    {
        foreach (var app in s.Stack.Apps) app.Process.Kill();
        await Task.Delay(dead, ct);
        foreach (var app in s.Stack.Apps) app.Restart(s.One(Clocks));
    }, ct);

    private static Task PauseAppAsync(Scene s, CancellationToken ct) => s.DeadAsync(async () =>
    {
        var app = s.One(s.Stack.Apps);
        app.Process.Pause();
        try { await Task.Delay(s.Between(3, 25), ct); }
        finally { app.Process.Continue(); }
    }, ct);

    private static Task KillReaperAsync(Scene s, TimeSpan dead, CancellationToken ct) => s.Stack.Reapers.Count == 0 ? Task.CompletedTask : s.DeadAsync(async () =>
    {
        var reaper = s.One(s.Stack.Reapers);
        reaper.Process.Kill();
        await Task.Delay(dead, ct);
        reaper.Start(s.One(Clocks));
    }, ct);

    private static Task KillDatabaseAsync(Scene s, TimeSpan dead, CancellationToken ct) => s.DeadAsync(async () =>
    {
        var from = TimeProvider.System.GetUtcNow();
        s.Judge.Rules.DatabaseAway(from, from + dead);
        s.Stack.Postgres.Kill();
        await Task.Delay(dead, ct);
        await s.Stack.Postgres.StartAsync(ct);
    }, ct);

    private static async Task EndAgentAsync(Scene s, string how, CancellationToken ct)
    {
        List<KeyValuePair<string, string>> agents;
        lock (s.Judge.Facts.Gate) agents = [.. s.Judge.Facts.Agents.Where(a => a.Key.StartsWith($"{s.Namespace}/", StringComparison.Ordinal))];
        foreach (var (pod, container) in agents.Where(_ => s.Chance.Next(3) == 0).ToList())
            await QuietlyAsync(() => s.Stack.Cluster.PostAsync($"sandbox/pods/{pod}/{how}/{container}", "{}", ct));
    }

    private static async Task ApiAwayAsync(Scene s, CancellationToken ct)
    {
        var away = s.Between(0.5, 20);
        s.Judge.Rules.Excuse(TimeProvider.System.GetUtcNow() + away + TimeSpan.FromSeconds(1));
        await s.MisbehaveAsync("away", ct, lasting: away);
        await Task.Delay(away, ct);
    }

    private static async Task ReplacePodAsync(Scene s, CancellationToken ct)
    {
        var pods = await s.Stack.Cluster.ListAsync($"api/v1/namespaces/{s.Namespace}/pods", ct);
        var targets = pods.Where(p => p.Label("app") is { } app && (app.StartsWith("lat", StringComparison.Ordinal) || app.StartsWith("part", StringComparison.Ordinal))).ToList();
        if (targets.Count > 0) await QuietlyAsync(() => s.Stack.Cluster.DeleteAsync($"api/v1/namespaces/{s.Namespace}/pods/{s.One(targets).Name()}", """{"gracePeriodSeconds":0}""", ct));
    }

    private static async Task NodeSilentAsync(Scene s, CancellationToken ct)
    {
        var node = s.One("node-a1", "node-a2", "node-b1", "node-b2", "node-c1", "node-c2");
        var silent = s.Between(3, 20);
        s.Judge.Rules.Excuse(TimeProvider.System.GetUtcNow() + silent + TimeSpan.FromSeconds(1));
        await s.Stack.Cluster.PostAsync($"sandbox/nodes/{node}", """{"ready":false}""", ct);
        try { await Task.Delay(silent, ct); }
        finally { await s.Stack.Cluster.PostAsync($"sandbox/nodes/{node}", """{"ready":true}""", CancellationToken.None); }
    }

    /// <summary>An autoscaler or a deploy while the workload is ours: what it wrote stays.</summary>
    private static async Task SomebodyScalesAsync(Scene s, CancellationToken ct)
    {
        var deployment = $"dep{s.Chance.Next(1, 3)}-{s.Chance.Next(1, 4)}";
        s.Judge.Facts.Expect(s.Namespace, deployment, 3, foreign: true);
        await QuietlyAsync(() => s.Stack.Cluster.PostAsync("sandbox/scale", $$"""{"namespace":"{{s.Namespace}}","deployment":"{{deployment}}","replicas":3}""", ct));
    }

    private static async Task EndByHandAsync(Scene s, CancellationToken ct)
    {
        foreach (var policy in await s.Stack.Cluster.ListAsync($"apis/networking.k8s.io/v1/namespaces/{s.Namespace}/networkpolicies", ct))
            await QuietlyAsync(() => s.Stack.Cluster.DeleteAsync($"apis/networking.k8s.io/v1/namespaces/{s.Namespace}/networkpolicies/{policy.Name()}", null, ct));
    }

    private static async Task AbortAsync(Scene s, CancellationToken ct)
    {
        await Task.WhenAll(s.Exercises.Select(id => s.Stack.App.AbortAsync(id, ct)));
        s.Judge.Rules.Aborted(s.Namespace);
    }

    /// <summary>Engine, reaper and agents at once: only the kernel's own timeout is left.</summary>
    private static async Task KillEverythingAsync(Scene s, CancellationToken ct)
    {
        foreach (var app in s.Stack.Apps) app.Process.Kill();
        foreach (var reaper in s.Stack.Reapers) reaper.Process.Kill();
        List<KeyValuePair<string, string>> agents;
        lock (s.Judge.Facts.Gate) agents = [.. s.Judge.Facts.Agents.Where(a => a.Key.StartsWith($"{s.Namespace}/", StringComparison.Ordinal))];
        foreach (var (pod, container) in agents) await QuietlyAsync(() => s.Stack.Cluster.PostAsync($"sandbox/pods/{pod}/kill/{container}", "{}", ct));
        await Task.Delay(TimeSpan.FromSeconds(50), ct);
        foreach (var app in s.Stack.Apps) app.Restart(0);
        foreach (var reaper in s.Stack.Reapers) reaper.Start();
    }

    /// <summary>What is not there any more needs no mishap.</summary>
    private static async Task QuietlyAsync(Func<Task> act)
    {
        try { await act(); }
        catch (KubeRefused gone) when (gone.Code is 404 or 409) { }
    }
}

using System.Diagnostics;
using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Engine;
using GameDay.Engine.Control;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GameDay.IntegrationTests.Engine;

/// <summary>One node of GameDay in this process, with the protocol's times shortened in proportion.</summary>
public sealed class EngineNode : IAsyncDisposable
{
    public static readonly EngineOptions Fast = new()
    {
        LeaseFor = TimeSpan.FromSeconds(4), RenewEvery = TimeSpan.FromMilliseconds(400), SendWithin = TimeSpan.FromSeconds(4), ActAloneAfter = TimeSpan.FromSeconds(5),
        ObserveAfterGapOf = TimeSpan.FromSeconds(12), NothingLandsAfter = TimeSpan.FromSeconds(1), LeakAfter = TimeSpan.FromSeconds(3), RetryAfter = TimeSpan.FromMilliseconds(300),
        BeatEvery = TimeSpan.FromMilliseconds(200), BeatWithin = TimeSpan.FromSeconds(3), RetryAtMost = TimeSpan.FromSeconds(1), BaselinePatience = TimeSpan.FromSeconds(4), ReaperStartsWithin = TimeSpan.FromSeconds(1), Schedule = false,
    };

    private const string QuickPolicy = """{"SteadyFor":"00:00:00.3","RecoveredFor":"00:00:00.3","AllClearFor":"00:00:00.3"}""";

    private readonly IHost _host;
    private bool _crashed;

    private EngineNode(IHost host) => _host = host;

    public FakeCluster Cluster { get; private init; } = null!;
    public RunControl Runs => _host.Services.GetRequiredService<RunControl>();
    public ExerciseControl Exercises => _host.Services.GetRequiredService<ExerciseControl>();
    public HaltSwitch Halt => _host.Services.GetRequiredService<HaltSwitch>();
    public IServiceProvider Services => _host.Services;

    public static async Task<EngineNode> StartAsync(string database, FakeCluster cluster, EngineOptions? options = null, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(l => l.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None));
        builder.Services.AddGameDayData(database);
        builder.Services.AddGameDayEngine((options ?? Fast) with { Node = Guid.NewGuid().ToString("N")[..6] });
        builder.Services.AddSingleton<IFault>(cluster).AddSingleton<ILedger>(cluster).AddSingleton<IRunBeat>(cluster).AddSingleton<ITargets>(cluster).AddSingleton<IProbeSource>(cluster).AddSingleton<IClusters>(cluster);
        builder.Services.AddSingleton<ISurroundings>(new FakeSurroundings(cluster)).AddSingleton<INodeRehearsals>(new FakeSurroundings(cluster)).AddSingleton<IReapers>(new FakeSurroundings(cluster));
        more?.Invoke(builder.Services);
        var node = new EngineNode(builder.Build()) { Cluster = cluster };
        await node._host.StartAsync();
        return node;
    }

    public GameDayDbContext Open() => Services.GetRequiredService<IDbContextFactory<GameDayDbContext>>().CreateDbContext();

    /// <summary>An approved exercise that is running, with the policy's waits shortened.</summary>
    public async Task<Exercise> RunningAsync(bool automatic = false, params ExperimentPlan[] experiments)
    {
        var exercise = new Exercise(Guid.CreateVersion7(), Plans.Plan(experiments) with { Automatic = automatic }, Plans.Author, TimeProvider.System.GetUtcNow());
        List<string> approved = [.. Enumerable.Range(1, Math.Max(3, Cluster.Pods.Count)).Select(i => $"cart-{i}")];
        exercise.Submit([.. exercise.Plan.Experiments.Select(e => new ApprovedTargets(e.Key, approved.Count, ["Deployment/cart"], approved))], Plans.Author);
        exercise.Approve(exercise.PlanHash, null, Plans.Approver, TimeProvider.System.GetUtcNow());
        exercise.Brief(Plans.Author);
        await using var db = Open();
        db.Exercises.Add(exercise);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"UPDATE exercises SET policy = policy || {QuickPolicy}::jsonb WHERE id = {exercise.Id}");
        await using var unit = await db.LockAsync(exercise.Id, CancellationToken.None);
        unit.Exercise.Go(Plans.Author, TimeProvider.System.GetUtcNow());
        await unit.CommitAsync(CancellationToken.None);
        return exercise;
    }

    public Task<Guid> StartAsync(Exercise exercise, string key = "first") => Runs.StartRunAsync(exercise.Id, key, Plans.Author, CancellationToken.None);

    public async Task<Run> RunAsync(Guid id)
    {
        await using var db = Open();
        return await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id);
    }

    public Task<Run> UntilAsync(Guid run, params RunState[] states) => UntilAsync(run, r => states.Contains(r.State), string.Join(" or ", states));

    public async Task<Run> UntilAsync(Guid id, Func<Run, bool> holds, string what)
    {
        Run? last = null;
        await Eventually.Async(async () => holds(last = await RunAsync(id)), () => $"{what}; it is {last?.State} ({last?.Reason})");
        return last!;
    }

    public async Task<Exercise> ExerciseAsync(Guid id)
    {
        await using var db = Open();
        return await db.Exercises.AsNoTracking().SingleAsync(e => e.Id == id);
    }

    public async Task<List<TimelineEntry>> TimelineAsync(Guid exercise)
    {
        await using var db = Open();
        return await db.Timeline.AsNoTracking().Where(t => t.ExerciseId == exercise).OrderBy(t => t.Seq).ToListAsync();
    }

    /// <summary>Ends as by kill -9: nothing is reverted, no lease is handed over, nothing more is written.</summary>
    public async Task CrashAsync()
    {
        _crashed = true;
        var services = Services.GetServices<IHostedService>().Reverse().ToList();
        foreach (var service in services) await service.StopAsync(new CancellationToken(canceled: true));
        // What is disposed next must not be in use; their loops end by themselves now.
        foreach (var loop in services.OfType<BackgroundService>()) await (loop.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_crashed) await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}

/// <summary>Waits for a condition with a generous deadline.</summary>
public static class Eventually
{
    public static async Task Async(Func<Task<bool>> holds, Func<string> what, double seconds = 90)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await holds()) return;
            }
            catch (Exception e) when (ExerciseLock.IsConnectionLoss(e) && waited.Elapsed.TotalSeconds < seconds)
            {
                // The database of this test is stopped and started.
            }
            if (waited.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"After {seconds} s still not: {what()}");
            await Task.Delay(30);
        }
    }

    public static Task True(Func<bool> holds, string what, double seconds = 90) => Async(() => Task.FromResult(holds()), () => what, seconds);
}

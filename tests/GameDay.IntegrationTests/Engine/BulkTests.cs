using System.Collections.Concurrent;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>A kind that leaves nothing to undo sends a whole step of the ramp at once.</summary>
public sealed class BulkTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private const int Pods = 40;
    private const int Together = 30;
    private readonly FakeCluster _cluster = new() { Choose = Pods, Layer = "none", Pods = [.. Enumerable.Range(1, Pods).Select(i => FakeCluster.Pod($"cart-{i}"))] };
    private BulkFault _fault = null!;
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _fault = new BulkFault(_cluster);
        _node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { ClaimTogether = Together }, services => services.RemoveAll<IFault>().AddSingleton<IFault>(_fault));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task All_that_share_a_claim_are_in_the_journal_as_sent_before_the_first_of_them_is_sent()
    {
        var known = new ConcurrentBag<int>();
        _fault.OnSend = async _ =>
        {
            await using var db = _node.Open();
            known.Add((await db.Runs.AsNoTracking().SingleAsync(r => r.State == RunState.Injecting)).Injections.Count(i => i.SentAt is not null));
        };

        var run = await RunAsync(seconds: 4);

        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
        known.Order().ShouldBe([1, .. Enumerable.Repeat(4, 3), .. Enumerable.Repeat(4 + Together, Together), .. Enumerable.Repeat(Pods, Pods - 4 - Together)]);
        run.Injections.ShouldAllBe(i => i.Effect!.Holds && i.Effect.Summary == $"{i.Target.Name} is gone");
        _fault.Readings.ShouldBe([1, 3, Together, Pods - 4 - Together]);
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task Rule_12_the_halt_object_put_while_a_step_is_sent_stops_the_rest_of_it()
    {
        _fault.OnSend = async stop =>
        {
            if (_fault.Sent <= 4) return;
            _cluster.PutHalt("kubectl");
            await Task.Delay(Timeout.Infinite, stop);
        };

        var run = await RunAsync(seconds: 60);

        run.Reason.ShouldNotBeNull().ShouldContain("halt object");
        _fault.Sent.ShouldBeLessThan(Pods);
        run.Injections.Count(i => i.Effect is { Holds: true }).ShouldBe(4);
    }

    [Fact]
    public async Task What_was_sent_before_one_is_refused_is_in_the_journal_with_its_effect()
    {
        _fault.Refuses = "cart-30";

        var run = await RunAsync(seconds: 60);

        run.Reason.ShouldNotBeNull().ShouldContain("cart-30 cannot be faulted");
        run.Injections.Where(i => i.Effect is { Holds: true }).Select(i => i.Target.Uid).Order().ShouldBe(_cluster.Killed.Order());
        run.Injections.Single(i => i.Target.Name == "cart-30").Effect.ShouldBeNull();
    }

    private async Task<Run> RunAsync(int seconds)
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: seconds));
        return await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
    }

    /// <summary>Kills pods of the cluster in memory, in bulk.</summary>
    private sealed class BulkFault(FakeCluster cluster) : IBulkFault
    {
        private int _sent;

        public Func<CancellationToken, Task> OnSend { get; set; } = _ => Task.CompletedTask;
        public string? Refuses { get; set; }
        public int Sent => _sent;
        public ConcurrentQueue<int> Readings { get; } = [];
        public FaultKind Kind => cluster.Kind;

        public async Task SendAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct)
        {
            Interlocked.Increment(ref _sent);
            await OnSend(ct);
            if (order.Target.Name == Refuses) throw new FaultRefused($"{Refuses} cannot be faulted");
            cluster.Killed.Add(order.Target.Uid);
        }

        public Task<IReadOnlyList<Evidence>> ReadEffectsAsync(IReadOnlyList<InjectionOrder> orders, CancellationToken ct)
        {
            Readings.Enqueue(orders.Count);
            return Task.FromResult<IReadOnlyList<Evidence>>([.. orders.Select(o => new Evidence(cluster.Killed.Contains(o.Target.Uid), $"{o.Target.Name} is gone", new Dictionary<string, string>(), TimeProvider.System.GetUtcNow()))]);
        }

        public Task<UndoPlan> PrepareAsync(InjectionOrder order, CancellationToken ct) => cluster.PrepareAsync(order, ct);
        public Task<IReadOnlyList<Rehearsal>> RehearseAsync(InjectionOrder order, CancellationToken ct) => cluster.RehearseAsync(order, ct);
        public Task<Evidence> InjectAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => throw new InvalidOperationException("one by one");
        public Task RevertAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => Task.CompletedTask;
        public Task<Evidence> VerifyRevertedAsync(InjectionOrder order, UndoPlan undo, CancellationToken ct) => cluster.VerifyRevertedAsync(order, undo, ct);
    }
}

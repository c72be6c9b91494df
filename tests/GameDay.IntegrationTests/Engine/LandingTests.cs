using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>Answers that are lost, requests that land late: what was ever sent counts as in place until it is read back.</summary>
public sealed class LandingTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_fault_that_lands_after_its_answer_was_lost_is_still_proved_gone()
    {
        _cluster.LandsLate = TimeSpan.FromMilliseconds(700);
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        _cluster.Injected.Count.ShouldBe(1, "it did land");
        _cluster.Faulted.ShouldBeEmpty();
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_injection_that_acted_and_lost_its_answer_is_reverted()
    {
        _cluster.InjectFailsAfterTheAct = true;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        _cluster.Faulted.ShouldBeEmpty();
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
    }

    [Fact]
    public async Task A_refused_injection_ends_the_run_in_words()
    {
        _cluster.InjectFails = true;
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        run.Reason!.ShouldContain("cannot be faulted");
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_sent_on_a_lease_that_is_old_by_our_own_clock()
    {
        await _node.StopAsync();
        await using var sleepy = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { SendWithin = TimeSpan.Zero });
        var exercise = await sleepy.RunningAsync();
        var run = await sleepy.UntilAsync(await sleepy.StartAsync(exercise), RunState.Done);
        _cluster.Injected.ShouldBeEmpty();
        run.Reason!.ShouldContain("lease");
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_held_by_another_fault_is_not_touched()
    {
        var order = new Domain.Plugins.InjectionOrder(Guid.NewGuid(), "elsewher", Guid.NewGuid(), "other", _cluster.Pods[0], new Dictionary<string, string>(), TimeSpan.FromMinutes(1), default, default);
        await _cluster.ClaimAsync(order, await _cluster.PrepareAsync(order, default), default);
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Reason!.ShouldContain("is held");
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Void);
        _cluster.Injected.ShouldBeEmpty();
        _cluster.Unproved.Single().Name.ShouldBe("elsewher", "the other's entry is left alone");
    }
}

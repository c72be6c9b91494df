using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
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
    [Trait("Rule", "2")]
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
    [Trait("Rule", "2")]
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
    [Trait("Rule", "9")]
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
    [Trait("Rule", "2")]
    public async Task What_a_sleeper_sent_after_its_run_was_taken_over_is_taken_back()
    {
        _cluster.SleepsBeforeTheAct = TimeSpan.FromSeconds(2);
        await using var sleepy = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { RenewEvery = TimeSpan.FromMinutes(1), LeaseFor = TimeSpan.FromMinutes(5), SendWithin = TimeSpan.FromMinutes(5), ActAloneAfter = TimeSpan.FromMinutes(5) });
        await _node.StopAsync();
        var id = await sleepy.StartAsync(await sleepy.RunningAsync(false, Plans.Experiment(seconds: 600)));
        await sleepy.UntilAsync(id, r => r.Injections.Any(i => i.Phase == InjectionPhase.Injecting), "sent");
        await using (var db = sleepy.Open()) await db.Database.ExecuteSqlAsync($"UPDATE runs SET epoch = epoch + 1, owner = 'other', lease_until = clock_timestamp() + interval '1 hour' WHERE id = {id}");
        await Eventually.True(() => !_cluster.Injected.IsEmpty && _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "landed and taken back");
        await using (var db = sleepy.Open()) await db.Database.ExecuteSqlAsync($"UPDATE runs SET lease_until = clock_timestamp() WHERE id = {id}");
        await sleepy.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task No_more_targets_are_injected_once_the_first_faults_time_is_up()
    {
        _cluster.Choose = 3;
        _cluster.InjectTakes = TimeSpan.FromSeconds(1);
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { OverdueAfter = TimeSpan.FromSeconds(0.5) });
        await _node.StopAsync();
        var exercise = await node.RunningAsync(false, Plans.Experiment(seconds: 1));
        var run = await node.UntilAsync(await node.StartAsync(exercise), RunState.Done);
        (await node.TimelineAsync(exercise.Id)).ShouldContain(e => e.Text.Contains("time was up"));
        run.Injections.Count(i => i.Effect is not null).ShouldBeLessThan(3);
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task The_right_to_inject_is_the_create_so_a_target_taken_after_the_guards_is_not_touched()
    {
        var exercise = await _node.RunningAsync();
        _cluster.BeforeTheClaim = TakeAsync;
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Done);
        run.Reason!.ShouldContain("is held");
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Void);
        _cluster.Injected.ShouldBeEmpty();
        _cluster.Unproved.Single().Name.ShouldBe("elsewher", "the other's entry is left alone");
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task A_target_that_anybody_else_holds_is_refused_by_the_guard_before_the_baseline_naming_the_holder()
    {
        await TakeAsync();
        var exercise = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(exercise), RunState.Refused);
        run.Reason!.ShouldContain("No overlap");
        run.Reason!.ShouldContain("held by elsewher");
        run.BaselineAt.ShouldBeNull();
        _cluster.Unproved.Single().Name.ShouldBe("elsewher", "the other's entry is left alone");
    }

    [Fact]
    public async Task A_target_that_was_released_a_moment_ago_is_waited_for_and_then_faulted()
    {
        _cluster.GivesWayAfter = TimeSpan.FromSeconds(8);
        await _node.UntilAsync(await _node.StartAsync(await _node.RunningAsync()), RunState.Done);
        var again = await _node.RunningAsync();
        var run = await _node.UntilAsync(await _node.StartAsync(again), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
        (await _node.TimelineAsync(again.Id)).Count(e => e.Text.Contains("waits") && e.Text.Contains("was released by injection")).ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task Waiting_for_a_target_ends_at_once_by_an_abort()
    {
        _cluster.GivesWayAfter = TimeSpan.FromMinutes(10);
        await _node.UntilAsync(await _node.StartAsync(await _node.RunningAsync()), RunState.Done);
        var again = await _node.RunningAsync();
        var id = await _node.StartAsync(again);
        await Eventually.Async(async () => (await _node.TimelineAsync(again.Id)).Any(e => e.Text.Contains("waits")), () => "waiting");
        await _node.Runs.AbortRunAsync(again.Id, id, Plans.Author, "enough", CancellationToken.None);
        (await _node.UntilAsync(id, RunState.Done)).Verdict.ShouldBe(Verdict.Aborted);
        _cluster.Injected.Count.ShouldBe(1);
    }

    private async Task TakeAsync()
    {
        _cluster.BeforeTheClaim = null;
        var order = new Domain.Plugins.InjectionOrder(Guid.NewGuid(), "elsewher", Guid.NewGuid(), "other", _cluster.Pods[0], new Dictionary<string, string>(), TimeSpan.FromMinutes(1), default, default);
        await _cluster.ClaimAsync(order, await _cluster.PrepareAsync(order, default), default);
    }
}

using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class AbortTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [Trait("Rule", "12")]
    [InlineData(RunState.Armed)]
    [InlineData(RunState.Baseline)]
    [InlineData(RunState.Injecting)]
    [InlineData(RunState.Observing)]
    [InlineData(RunState.Reverting)]
    [InlineData(RunState.Recovering)]
    public async Task From_every_phase_an_abort_ends_with_every_fault_gone(RunState phase)
    {
        if (phase == RunState.Baseline) _cluster.Success = _ => 90;
        if (phase == RunState.Injecting) _cluster.InjectTakes = TimeSpan.FromSeconds(20);
        if (phase == RunState.Reverting) _cluster.VerifyFindsIt = true;
        if (phase == RunState.Recovering) _cluster.Success = c => c.Injected.IsEmpty ? 100 : 90;
        var seconds = phase is RunState.Observing or RunState.Injecting ? 60 : 0.5;
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: seconds) with { RecoverWithin = TimeSpan.FromSeconds(10) });
        var id = await _node.StartAsync(exercise);
        if (phase != RunState.Armed) await _node.UntilAsync(id, phase);
        var outcome = await _node.Runs.AbortRunAsync(exercise.Id, id, Plans.Author, "enough", CancellationToken.None);
        outcome.Recorded.ShouldBeTrue();
        _cluster.VerifyFindsIt = false;
        var run = await _node.UntilAsync(id, r => r.IsTerminal, "ended");
        run.WasAborted.ShouldBeTrue();
        run.Verdict.ShouldBe(Verdict.Aborted, run.Reason);
        run.Injections.ShouldAllBe(i => InjectionLifecycle.IsOver(i.Phase));
        _cluster.Faulted.ShouldBeEmpty();
        _cluster.Unproved.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task An_active_fault_is_proved_gone_at_the_abort_not_at_its_end()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        await _node.Runs.AbortExerciseAsync(exercise.Id, Plans.Approver, null, CancellationToken.None);
        await Eventually.True(() => _cluster.Faulted.IsEmpty && !_cluster.Unproved.Any(), "the fault is gone");
    }

    [Fact]
    public async Task Aborting_the_exercise_winds_it_down_when_its_runs_have_ended()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        await _node.Runs.AbortExerciseAsync(exercise.Id, Plans.Approver, "pager", CancellationToken.None);
        await _node.UntilAsync(id, RunState.Done);
        await Eventually.Async(async () => (await _node.ExerciseAsync(exercise.Id)).State == ExerciseState.WindingDown, () => "winding down");
        (await _node.ExerciseAsync(exercise.Id)).AbortReason.ShouldBe("pager");
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task Another_node_that_hears_the_abort_reverts_and_the_owner_writes_it_down()
    {
        await using var other = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        foreach (var node in new[] { other, _node }) await node.Runs.AbortRunAsync(exercise.Id, id, Plans.Author, null, CancellationToken.None);
        await Eventually.True(() => _cluster.Faulted.IsEmpty, "the fault is gone", 3);
        (await _node.UntilAsync(id, RunState.Done)).Verdict.ShouldBe(Verdict.Aborted);
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task The_halt_object_in_the_cluster_ends_a_run_without_any_of_our_pages()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        _cluster.PutHalt("kubectl create configmap");
        var run = await _node.UntilAsync(id, RunState.Done);
        run.Reason!.ShouldContain("gameday-halt");
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task An_abort_waits_for_no_database_that_hangs()
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { JournalWithin = TimeSpan.FromSeconds(1) });
        await _node.StopAsync();
        var exercise = await node.RunningAsync(false, Plans.Experiment(seconds: 600));
        var id = await node.StartAsync(exercise);
        await node.UntilAsync(id, RunState.Observing);
        await using var hanging = node.Open();
        var held = await hanging.LockAsync(exercise.Id, CancellationToken.None);
        var abort = node.Runs.AbortRunAsync(exercise.Id, id, Plans.Approver, "pager", CancellationToken.None);
        await Eventually.True(() => _cluster.Faulted.IsEmpty, "reverted though nothing can be written", 7);
        await held.DisposeAsync();
        await abort;
        (await node.UntilAsync(id, RunState.Done)).Verdict.ShouldBe(Verdict.Aborted);
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task An_abort_that_came_between_two_steps_and_could_not_be_written_is_not_lost()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 600));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        await _node.CrashAsync();
        await using var hanging = _node.Open();
        var held = await hanging.LockAsync(exercise.Id, CancellationToken.None);
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { JournalWithin = TimeSpan.FromSeconds(30), ObserveAfterGapOf = TimeSpan.FromMinutes(5) });
        await next.UntilAsync(id, r => r.Epoch == 2, "taken up, its first write waiting");
        for (var tries = 0; tries < 2; tries++)
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2.5));
            await Should.ThrowAsync<OperationCanceledException>(() => next.Runs.AbortRunAsync(exercise.Id, id, Plans.Approver, "pager", impatient.Token));
        }
        await held.DisposeAsync();
        var run = await next.UntilAsync(id, RunState.Done);
        run.AbortedBy.ShouldBe("Ben", run.Reason);
        _cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task A_graceful_stop_reverts_before_the_process_ends()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 60));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        await _node.StopAsync();
        _cluster.Faulted.ShouldBeEmpty();
        await using var next = await EngineNode.StartAsync(database.ConnectionString, _cluster);
        var run = await next.UntilAsync(id, RunState.Done);
        run.Injections.Single().Phase.ShouldBe(InjectionPhase.Reverted);
        run.Verdict.ShouldNotBe(Verdict.Held);
    }
}

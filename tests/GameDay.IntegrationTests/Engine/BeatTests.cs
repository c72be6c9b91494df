using GameDay.Domain.Experiments;
using GameDay.IntegrationTests.Postgres;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>The run's sign of life in its cluster.</summary>
public sealed class BeatTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private EngineNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await EngineNode.StartAsync(database.ConnectionString, _cluster);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    [Trait("Rule", "9")]
    public async Task A_run_gives_a_sign_of_life_from_before_its_first_claim_until_everything_is_proved()
    {
        var before = 0;
        _cluster.BeforeTheClaim = () => Task.FromResult(before = _cluster.Beats.Values.Sum());
        var id = await _node.StartAsync(await _node.RunningAsync(false, Plans.Experiment(seconds: 6)));
        await _node.UntilAsync(id, RunState.Observing);
        before.ShouldBeGreaterThan(0);
        await Eventually.True(() => _cluster.Beats.GetValueOrDefault(id) > 3, "it goes on beating");
        await _node.UntilAsync(id, RunState.Done);
        await Eventually.True(() => _cluster.Beats.IsEmpty, "ended");
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task Nothing_is_sent_before_the_cluster_took_the_first_sign_of_life()
    {
        _cluster.BeatsRefused = true;
        var run = await _node.UntilAsync(await _node.StartAsync(await _node.RunningAsync()), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Inconclusive);
        run.Reason!.ShouldContain("leases are forbidden");
        _cluster.Injected.ShouldBeEmpty();
        _cluster.Entries.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task A_sign_of_life_that_is_not_taken_ends_no_run_and_is_given_again()
    {
        var exercise = await _node.RunningAsync(false, Plans.Experiment(seconds: 600));
        var id = await _node.StartAsync(exercise);
        await _node.UntilAsync(id, RunState.Observing);
        _cluster.BeatsRefused = true;
        await Task.Delay(TimeSpan.FromSeconds(1));
        var taken = _cluster.Beats[id];
        _cluster.BeatsRefused = false;
        await Eventually.True(() => _cluster.Beats.GetValueOrDefault(id) > taken, "given again", 60);
        (await _node.RunAsync(id)).State.ShouldBe(RunState.Observing);
        await _node.Runs.AbortExerciseAsync(exercise.Id, Plans.Author, null, CancellationToken.None);
        await _node.UntilAsync(id, RunState.Done);
    }

    [Fact]
    public async Task A_fault_that_leaves_nothing_behind_needs_no_sign_of_life()
    {
        _cluster.Layer = "none";
        _cluster.BeatsRefused = true;
        var run = await _node.UntilAsync(await _node.StartAsync(await _node.RunningAsync()), RunState.Done);
        run.Verdict.ShouldBe(Verdict.Held, run.Reason);
    }

    [Fact]
    [Trait("Rule", "1")]
    public async Task Wanted_moves_forward_in_the_ledger_before_the_fault_is_proved_gone()
    {
        _cluster.VerifyFindsIt = true;
        var id = await _node.StartAsync(await _node.RunningAsync());
        await _node.UntilAsync(id, RunState.Leaked);
        await Eventually.True(() => _cluster.Unproved.Single().Wanted == "Reverted", "the ledger is told");
        _cluster.Beats.ShouldContainKey(id, "a leak is still looked after");
        _cluster.VerifyFindsIt = false;
        await _node.UntilAsync(id, RunState.Done);
    }
}

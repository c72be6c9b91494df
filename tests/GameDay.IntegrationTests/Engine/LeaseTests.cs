using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Engine;
using GameDay.Engine.Control;
using GameDay.Engine.Leases;
using GameDay.Engine.Probes;
using GameDay.Engine.Runs;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

/// <summary>Who owns a run, and what the fence keeps out.</summary>
public sealed class LeaseTests(Database database) : IClassFixture<Database>, IAsyncLifetime
{
    private static readonly EngineOptions Options = new() { LeaseFor = TimeSpan.FromSeconds(1) };
    private Exercise _exercise = null!;

    public async ValueTask InitializeAsync()
    {
        await using var db = database.Open();
        await db.Runs.ExecuteDeleteAsync();
        db.Exercises.Add(_exercise = Plans.Draft());
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_many_who_claim_at_once_each_run_gets_exactly_one_owner()
    {
        for (var i = 0; i < 5; i++) await ArmedAsync(i + 1);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync()));
        claimed.OfType<ClaimedRun>().Select(c => c.RunId).Distinct().Count().ShouldBe(5);
        claimed.OfType<ClaimedRun>().Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_claimed_under_the_next_epoch_and_says_for_how_long_nobody_watched()
    {
        await ArmedAsync(1);
        (await ClaimAsync()).ShouldNotBeNull().ShouldSatisfyAllConditions(c => c.Epoch.ShouldBe(1), c => c.Unattended.ShouldBeNull());
        (await ClaimAsync()).ShouldBeNull();
        ClaimedRun? next = null;
        await Eventually.Async(async () => (next = await ClaimAsync()) is not null, () => "claimed again");
        next!.Epoch.ShouldBe(2);
        next.Unattended!.Value.ShouldBeGreaterThan(Options.LeaseFor);
    }

    [Fact]
    public async Task A_write_under_a_lost_lease_changes_nothing()
    {
        var run = await ArmedAsync(1);
        await ClaimAsync();
        var journal = new Journal(new Factory(database), Options);
        await using var mine = Own(run, epoch: 1);
        await using var stale = Own(run, epoch: 0);
        await journal.WriteAsync(mine, e => e.Run.Move(RunTrigger.StartBaseline, default), CancellationToken.None);
        await Should.ThrowAsync<LeaseLost>(() => journal.WriteAsync(stale, e => { e.Run.Move(RunTrigger.Abort, default); e.Say(EntryKind.Abort, "too late"); }, CancellationToken.None));
        await Should.ThrowAsync<LeaseLost>(() => journal.ReadAsync(stale, CancellationToken.None));
        await new SampleWriter(database.Source).WriteAsync(run.Id, epoch: 0, [new ProbeSample(run.Id, "success", TimeProvider.System.GetUtcNow(), 1, true, null)], CancellationToken.None);
        await using var db = database.Open();
        (await db.Runs.SingleAsync()).State.ShouldBe(RunState.Baseline);
        (await db.Timeline.CountAsync(t => t.Text == "too late")).ShouldBe(0);
        (await db.ProbeSamples.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Renewing_somebody_elses_lease_tells_that_it_is_lost()
    {
        var run = await ArmedAsync(1);
        await ClaimAsync();
        await using var mine = new RunLease(database.Source, Options, TimeProvider.System, run.Id, epoch: 1);
        (await mine.TryRenewAsync(CancellationToken.None)).ShouldBe(RunState.Armed);
        await using var stale = new RunLease(database.Source, Options, TimeProvider.System, run.Id, epoch: 0);
        (await stale.TryRenewAsync(CancellationToken.None)).ShouldBeNull();
        stale.Lost.IsCancellationRequested.ShouldBeTrue();
        mine.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task What_many_targets_write_at_once_is_written_once_each_and_a_refusal_stays_its_own()
    {
        var run = await ArmedAsync(1);
        await ClaimAsync();
        var journal = new Journal(new Factory(database), Options with { JournalWithin = TimeSpan.FromSeconds(60) });
        await using var mine = Own(run, epoch: 1);
        var writes = Enumerable.Range(1, 40).Select(n => journal.WriteAsync(mine, e =>
        {
            if (n % 10 == 0) throw new InjectionStopped($"not {n}");
            e.Say(EntryKind.Injection, $"target {n}");
        }, CancellationToken.None)).ToList();
        foreach (var (write, n) in writes.Select((w, i) => (w, i + 1)))
        {
            if (n % 10 == 0) (await Should.ThrowAsync<InjectionStopped>(() => write)).Message.ShouldBe($"not {n}");
            else await write;
        }
        await using var db = database.Open();
        var told = await db.Timeline.Where(t => t.ExerciseId == _exercise.Id && t.Kind == EntryKind.Injection).OrderBy(t => t.Seq).ToListAsync();
        told.Select(t => t.Text).Order().ShouldBe(Enumerable.Range(1, 40).Where(n => n % 10 != 0).Select(n => $"target {n}").Order());
        told.Select(t => t.Seq).ShouldBeUnique();
    }

    private Task<ClaimedRun?> ClaimAsync() => new RunClaims(database.Source, Options).NextAsync(CancellationToken.None);

    private OwnedRun Own(Run run, long epoch) => new(run, _exercise, "installation", new FakeCluster(),
        new RunLease(database.Source, Options, TimeProvider.System, run.Id, epoch), new ProbeBoard(run.Id, "sandbox", [], [], TimeProvider.System), new AtOnce());

    private async Task<Run> ArmedAsync(int number)
    {
        await using var db = database.Open();
        var run = new Run(Guid.CreateVersion7(), _exercise.Id, "first", number, 1);
        run.Move(RunTrigger.Arm, TimeProvider.System.GetUtcNow());
        db.Runs.Add(run);
        await db.SaveChangesAsync();
        return run;
    }

    private sealed class Factory(Database database) : IDbContextFactory<GameDayDbContext>
    {
        public GameDayDbContext CreateDbContext() => database.Open();
    }
}

using System.Text.Json;
using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.Domain.Plugins;
using GameDay.IntegrationTests.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;

namespace GameDay.IntegrationTests.Data;

public sealed class ExerciseStorageTests(Database database) : IClassFixture<Database>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_plan_comes_back_as_it_was_saved()
    {
        var saved = await SaveDraftAsync();
        await using var db = database.Open();
        var read = await db.Exercises.FindOrRefuseAsync(saved.Id, Never);
        read.Plan.Hash().ShouldBe(saved.PlanHash);
        Text(read.Plan).ShouldBe(Text(saved.Plan));
        Text(read.Policy).ShouldBe(Text(saved.Policy));
    }

    [Fact]
    public async Task Approvals_and_targets_are_kept()
    {
        var id = (await SaveDraftAsync()).Id;
        await ChangeAsync(id, e =>
        {
            e.Submit([new ApprovedTargets("first", 3, ["Deployment/cart"], ["cart-1"])], Plans.Author);
            e.Approve(e.PlanHash, "fine", Plans.Approver, TimeProvider.System.GetUtcNow());
        });
        await using var db = database.Open();
        var read = await db.Exercises.FindOrRefuseAsync(id, Never);
        read.Approvals.Single().Name.ShouldBe("Ben");
        read.Targets.Single().Pods.ShouldBe(["cart-1"]);
        (await db.Outbox.SingleAsync(m => m.ExerciseId == id)).Kind.ShouldBe(NoticeKind.Announcement);
    }

    [Fact]
    public async Task Entries_get_the_database_clock_and_no_gap_however_many_write_at_once()
    {
        var id = (await SaveDraftAsync()).Id;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ChangeAsync(id, e => e.Record(EntryKind.Note, Plans.Author, $"note {i}"))));
        await using var db = database.Open();
        var entries = await db.Timeline.Where(t => t.ExerciseId == id).OrderBy(t => t.Seq).ToListAsync();
        entries.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, 21).Select(i => (long)i));
        entries.Select(e => e.At).ShouldBeInOrder();
        entries.ShouldAllBe(e => e.At > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_change_without_the_lock_loses_instead_of_doubling_a_number()
    {
        var id = (await SaveDraftAsync()).Id;
        await using var unlocked = database.Open();
        var stale = await unlocked.Exercises.FindOrRefuseAsync(id, Never);
        await ChangeAsync(id, e => e.Record(EntryKind.Note, Plans.Author, "first"));
        stale.Record(EntryKind.Note, Plans.Author, "second");
        await Should.ThrowAsync<DbUpdateException>(() => unlocked.SaveChangesAsync());
    }

    [Fact]
    public async Task A_run_keeps_its_injections_with_undo_and_proof()
    {
        var id = (await SaveDraftAsync()).Id;
        var run = new Run(Guid.CreateVersion7(), id, "first", 1, seed: 7);
        var injection = run.Add(new FaultTarget { Cluster = "sandbox", Namespace = "shop", Kind = "Pod", Name = "cart-1", Uid = "u1", Labels = new Dictionary<string, string> { ["app"] = "cart" } }, "fake");
        injection.Plan(new UndoPlan("fake", "net", new Dictionary<string, string> { ["policy"] = "p" }, "kubectl delete"));
        await ChangeAsync(id, (_, db) => db.Runs.Add(run));
        await using var unit = await database.Open().LockAsync(id, Never);
        var read = await unit.LockRunAsync(run.Id, Never);
        read.Injections.Single().Undo!.Values["policy"].ShouldBe("p");
        read.Injections.Single().Target.Labels["app"].ShouldBe("cart");
        read.Add(injection.Target, "fake");
        await unit.CommitAsync(Never);
        await using var again = database.Open();
        (await again.Injections.CountAsync(i => i.RunId == run.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_run_is_not_found_under_another_epoch()
    {
        var id = (await SaveDraftAsync()).Id;
        var run = new Run(Guid.CreateVersion7(), id, "first", 1, seed: 7);
        await ChangeAsync(id, (_, db) => db.Runs.Add(run));
        await using var unit = await database.Open().LockAsync(id, Never);
        (await unit.LockRunAsync(run.Id, epoch: 3, Never)).ShouldBeNull();
        (await unit.LockRunAsync(run.Id, epoch: 0, Never)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Listeners_hear_which_exercise_moved_and_how_far()
    {
        var id = (await SaveDraftAsync()).Id;
        await using var listener = new NpgsqlConnection(database.ConnectionString);
        await listener.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, n) => heard.Add(n.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN gameday", listener)) await listen.ExecuteNonQueryAsync();
        await ChangeAsync(id, e => e.Record(EntryKind.Note, Plans.Author, "hello"));
        while (!heard.Contains($"{id}:2")) (await listener.WaitAsync(10_000)).ShouldBeTrue("nothing was heard in 10 s");
    }

    [Fact]
    public async Task An_unknown_exercise_is_refused_in_words()
    {
        await using var db = database.Open();
        (await Should.ThrowAsync<RuleBroken>(() => db.LockAsync(Guid.NewGuid(), Never))).Message.ShouldStartWith("There is no exercise");
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private async Task<Exercise> SaveDraftAsync()
    {
        await using var db = database.Open();
        var draft = Plans.Draft();
        db.Exercises.Add(draft);
        await db.SaveChangesAsync();
        return draft;
    }

    private Task ChangeAsync(Guid id, Action<Exercise> change) => ChangeAsync(id, (e, _) => change(e));

    private async Task ChangeAsync(Guid id, Action<Exercise, GameDayDbContext> change)
    {
        await using var db = database.Open();
        await using var unit = await db.LockAsync(id, Never);
        change(unit.Exercise, db);
        await unit.CommitAsync(Never);
    }
}

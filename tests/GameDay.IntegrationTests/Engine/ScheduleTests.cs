using GameDay.Domain.Exercises;
using GameDay.IntegrationTests.Postgres;
using Shouldly;

namespace GameDay.IntegrationTests.Engine;

public sealed class ScheduleTests(Database database) : IClassFixture<Database>
{
    private readonly FakeCluster _cluster = new();

    [Theory]
    [InlineData(false, ExerciseState.Briefing)]
    [InlineData(true, ExerciseState.Debriefing)]
    public async Task At_its_start_the_briefing_opens_and_an_automatic_exercise_goes(bool automatic, ExerciseState reached)
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { Schedule = true });
        await using var second = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { Schedule = true });
        var id = await ApprovedAsync(node, automatic, TimeSpan.FromSeconds(3));
        await Eventually.Async(async () => (await node.ExerciseAsync(id)).State == reached, () => reached.ToString(), 60);
        (await node.TimelineAsync(id)).Count(e => e.Text == "Briefing opened").ShouldBe(1);
    }

    [Fact]
    public async Task A_start_that_passed_while_nobody_was_there_is_not_made_up_for()
    {
        await using var node = await EngineNode.StartAsync(database.ConnectionString, _cluster, EngineNode.Fast with { Schedule = true });
        var id = await ApprovedAsync(node, true, TimeSpan.FromMinutes(-5));
        await Task.Delay(TimeSpan.FromSeconds(2));
        (await node.ExerciseAsync(id)).State.ShouldBe(ExerciseState.Approved);
    }

    private static async Task<Guid> ApprovedAsync(EngineNode node, bool automatic, TimeSpan startsIn)
    {
        var now = TimeProvider.System.GetUtcNow();
        var exercise = new Exercise(Guid.CreateVersion7(), Plans.Plan(Plans.Experiment(seconds: 0.5)) with { Automatic = automatic, StartsAt = now + startsIn }, Plans.Author, now);
        exercise.Submit([new ApprovedTargets("first", 3, ["Deployment/cart"], ["cart-1", "cart-2", "cart-3"])], Plans.Author);
        exercise.Approve(exercise.PlanHash, null, Plans.Approver, now);
        await using var db = node.Open();
        db.Exercises.Add(exercise);
        await db.SaveChangesAsync();
        return exercise.Id;
    }
}

using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.IntegrationTests.Engine;
using GameDay.Web.Features.Exercises;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

public sealed class PlanningTests(WebSite site) : IClassFixture<WebSite>, IAsyncLifetime
{
    private static readonly Actor Ana = new(Guid.NewGuid(), "Ana", Role.Facilitator);
    private static readonly Actor Ben = new(Guid.NewGuid(), "Ben", Role.Facilitator | Role.Approver);
    private static readonly Actor Observer = new(Guid.NewGuid(), "Hanna", Role.Observer);

    public ValueTask InitializeAsync()
    {
        site.Cluster.Pods = [FakeCluster.Pod("cart-1"), FakeCluster.Pod("cart-2"), FakeCluster.Pod("cart-3")];
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_observer_plans_nothing_and_approves_nothing()
    {
        (await RefusalAsync(Observer, new CreateExercise.Command(PlanText.Short()))).Rule.ShouldBe("NotAllowed");
        var id = await ReviewedAsync();
        (await RefusalAsync(Observer, new ApproveExercise.Command(id, await HashAsync(id), null))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(Observer, new StartExercise.Command(id))).Rule.ShouldBe("NotAllowed");
    }

    [Fact]
    public async Task A_wrong_file_is_refused_with_everything_that_is_wrong_and_stores_nothing()
    {
        var before = await CountAsync();
        var answer = await site.SendAsync(Ana, new CreateExercise.Command("title: [\n"));
        answer.Id.ShouldBeNull();
        answer.Problems.ShouldNotBeEmpty();
        var many = await site.SendAsync(Ana, new CreateExercise.Command(PlanText.Short().Replace("kind: fake", "kind: fakee").Replace("duration: 1s", "duration: soon")));
        many.Problems.Select(p => p.Key).ShouldBe(["experiments[0].fault.kind", "experiments[0].duration"]);
        many.Problems[0].DidYouMean.ShouldBe("fake");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_cluster_that_is_not_configured_is_refused_by_name()
    {
        var answer = await site.SendAsync(Ana, new CreateExercise.Command($"cluster: prod-west\n{PlanText.Short()}"));
        answer.Problems.ShouldHaveSingleItem().What.ShouldContain("prod-west");
    }

    [Fact]
    public async Task A_selector_that_matches_nothing_cannot_be_submitted()
    {
        var id = await DraftAsync();
        site.Cluster.Pods = [];
        (await RefusalAsync(Ana, new SubmitExercise.Command(id))).Message.ShouldContain("first");
        (await ReadAsync(id)).State.ShouldBe(ExerciseState.Draft);
    }

    [Fact]
    public async Task The_author_cannot_approve_their_own_plan()
    {
        var id = (await site.SendAsync(Ben, new CreateExercise.Command(PlanText.Short()))).Id!.Value;
        await site.SendAsync(Ben, new SubmitExercise.Command(id));
        (await RefusalAsync(Ben, new ApproveExercise.Command(id, await HashAsync(id), null))).Rule.ShouldBe("ApproverIsNotAuthor");
    }

    [Fact]
    public async Task An_approval_is_for_the_plan_that_was_seen()
    {
        var id = await ReviewedAsync();
        var seen = await HashAsync(id);
        await site.SendAsync(Ana, new EditExercise.Command(id, PlanText.Short(delay: "400ms")));
        await site.SendAsync(Ana, new SubmitExercise.Command(id));
        (await RefusalAsync(Ben, new ApproveExercise.Command(id, seen, null))).Rule.ShouldBe("ApproverSawThisPlan");
    }

    [Fact]
    public async Task An_edit_after_the_approval_voids_it_and_shows_what_changed()
    {
        var id = await ReviewedAsync();
        await site.SendAsync(Ben, new ApproveExercise.Command(id, await HashAsync(id), "fine"));
        await site.SendAsync(Ana, new EditExercise.Command(id, PlanText.Short(delay: "400ms")));
        var exercise = await ReadAsync(id);
        exercise.State.ShouldBe(ExerciseState.InReview);
        exercise.Approvals.ShouldBeEmpty();
        var change = await site.SendAsync(Ben, new ShowPlanChange.Query(id));
        change.Since!.By.ShouldBe("Ben");
        change.Lines.Single(l => !l.IsNew).Text.ShouldContain("300ms");
        change.Lines.Single(l => l.IsNew).Text.ShouldContain("400ms");
    }

    [Fact]
    public async Task An_edit_of_prose_keeps_the_approval()
    {
        var id = await ReviewedAsync();
        await site.SendAsync(Ben, new ApproveExercise.Command(id, await HashAsync(id), null));
        await site.SendAsync(Ana, new EditExercise.Command(id, PlanText.Short(title: "Lose one cart pod")));
        var exercise = await ReadAsync(id);
        exercise.State.ShouldBe(ExerciseState.Approved);
        exercise.Title.ShouldBe("Lose one cart pod");
    }

    [Fact]
    public async Task A_target_replaced_between_approval_and_start_refuses_the_start()
    {
        var id = await BriefedAsync();
        site.Cluster.Pods = [FakeCluster.Pod("other-1", owner: "Deployment/other")];
        var refusal = await RefusalAsync(Ana, new StartExercise.Command(id));
        refusal.Rule.ShouldBe("NoGo");
        refusal.Message.ShouldContain("targets as approved");
        (await ReadAsync(id)).State.ShouldBe(ExerciseState.Briefing);
        site.Cluster.Injected.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_protected_namespace_is_a_no_go()
    {
        var id = await BriefedAsync(PlanText.Short(ns: "kube-system"));
        var guards = await site.SendAsync(Ana, new AskGuards.Query(id));
        guards.Single().Guards.Single(g => g.Passed == false).Guard.ShouldBe("Protected namespace");
        (await RefusalAsync(Ana, new StartExercise.Command(id))).Message.ShouldContain("kube-system is protected");
    }

    [Fact]
    public async Task Of_two_people_who_start_the_same_exercise_one_wins_and_the_other_is_told()
    {
        var id = await BriefedAsync();
        var both = await Task.WhenAll(new[] { Ana, Ben }.Select(async who =>
        {
            try
            {
                await site.SendAsync(who, new StartExercise.Command(id));
                return null;
            }
            catch (RuleBroken refusal)
            {
                return refusal;
            }
        }));
        both.Count(refusal => refusal is null).ShouldBe(1);
        both.OfType<RuleBroken>().Single().Rule.ShouldBe("IllegalMove");
        (await ReadAsync(id)).State.ShouldBe(ExerciseState.Running);
        await site.SendAsync(Ana, new AbortExercise.Command(id));
    }

    private async Task<Guid> DraftAsync(string? yaml = null) => (await site.SendAsync(Ana, new CreateExercise.Command(yaml ?? PlanText.Short()))).Id!.Value;

    private async Task<Guid> ReviewedAsync(string? yaml = null)
    {
        var id = await DraftAsync(yaml);
        await site.SendAsync(Ana, new SubmitExercise.Command(id));
        return id;
    }

    private async Task<Guid> BriefedAsync(string? yaml = null)
    {
        var id = await ReviewedAsync(yaml);
        await site.SendAsync(Ben, new ApproveExercise.Command(id, await HashAsync(id), null));
        await site.SendAsync(Ana, new BriefExercise.Command(id));
        return id;
    }

    private Task<GetExercise.Answer> ReadAsync(Guid id) => site.SendAsync(Ana, new GetExercise.Query(id));

    private async Task<string> HashAsync(Guid id) => (await ReadAsync(id)).PlanHash;

    private async Task<int> CountAsync()
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<GameDayDbContext>>().CreateDbContextAsync();
        return await db.Exercises.CountAsync();
    }

    private Task<RuleBroken> RefusalAsync<T>(Actor by, MediatR.IRequest<T> request) => Should.ThrowAsync<RuleBroken>(() => site.SendAsync(by, request));
}

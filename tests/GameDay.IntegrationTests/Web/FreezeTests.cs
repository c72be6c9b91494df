using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.IntegrationTests.Engine;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Features.Freezes;
using GameDay.Web.Features.Incidents;
using GameDay.Web.Features.Settings;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

/// <summary>Freezes and open incidents as people set them, and as the start hears of them.</summary>
public sealed class FreezeTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly Actor Ana = new(Guid.NewGuid(), "Ana", Role.Facilitator);
    private static readonly Actor Ben = new(Guid.NewGuid(), "Ben", Role.Approver);
    private static readonly Actor Observer = new(Guid.NewGuid(), "Hanna", Role.Observer);
    private static readonly Actor Reader = new(Guid.NewGuid(), "Rita", Role.Reader);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    [Trait("Rule", "before the fault")]
    public async Task A_freeze_and_an_open_incident_refuse_the_go_until_they_are_over()
    {
        var id = await ReadyAsync();
        await site.SendAsync(Ana, new AddFreeze.Command("Sale", "black friday", Now.AddMinutes(-1), Now.AddHours(1)));
        await site.SendAsync(Observer, new DeclareIncident.Command("Payments down, #inc-7"));
        var refusal = await Should.ThrowAsync<RuleBroken>(() => site.SendAsync(Ana, new StartExercise.Command(id)));
        refusal.Message.ShouldContain("black friday");
        refusal.Message.ShouldContain("Payments down, #inc-7");

        var freeze = (await site.SendAsync(Ana, new ListFreezes.Query())).Freezes.ShouldHaveSingleItem();
        freeze.IsNow.ShouldBeTrue();
        await site.SendAsync(Ana, new EndFreeze.Command(freeze.Id));
        await site.SendAsync(Ana, new CloseIncident.Command((await site.SendAsync(Ana, new ListIncidents.Query())).Open.ShouldHaveSingleItem().Id));
        (await site.SendAsync(Ana, new ListFreezes.Query())).Freezes.ShouldBeEmpty();
        (await site.SendAsync(Ana, new AskGuards.Query(id))).Single().AllYes.ShouldBeTrue();
        (await site.SendAsync(Ana, new ListAudit.Query(100))).Select(a => a.Action).Where(a => !a.StartsWith("plan", StringComparison.Ordinal)).ShouldBe(["incident closed", "freeze ended", "incident declared", "freeze added"]);
    }

    [Fact]
    public async Task Only_who_may_sets_freezes_and_closes_incidents()
    {
        (await RefusalAsync(() => site.SendAsync(Observer, new AddFreeze.Command("x", "y", Now, Now.AddHours(1))))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(() => site.SendAsync(Observer, new EndFreeze.Command(Guid.NewGuid())))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(() => site.SendAsync(Reader, new DeclareIncident.Command("x")))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(() => site.SendAsync(Observer, new CloseIncident.Command(Guid.NewGuid())))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(() => site.SendAsync(Ana, new AddFreeze.Command("", "y", Now, null)))).Rule.ShouldBe("Invalid");
        (await RefusalAsync(() => site.SendAsync(Ana, new AddFreeze.Command("x", "y", Now, Now.AddHours(-1))))).Rule.ShouldBe("FreezeEndsAfterItStarts");
    }

    private async Task<Guid> ReadyAsync()
    {
        site.Cluster.Pods = [FakeCluster.Pod("cart-1"), FakeCluster.Pod("cart-2")];
        var id = (await site.SendAsync(Ana, new CreateExercise.Command(PlanText.Short()))).Id!.Value;
        await site.SendAsync(Ana, new SubmitExercise.Command(id));
        await site.SendAsync(Ben, new ApproveExercise.Command(id, (await site.SendAsync(Ana, new GetExercise.Query(id))).PlanHash, null));
        await site.SendAsync(Ana, new BriefExercise.Command(id));
        return id;
    }

    private static Task<RuleBroken> RefusalAsync(Func<Task> act) => Should.ThrowAsync<RuleBroken>(act);
}

using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Features.Findings;
using GameDay.Web.Features.Notes;
using MediatR;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

public sealed class FindingTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly Actor Ana = new(Guid.NewGuid(), "Ana", Role.Facilitator);
    private static readonly Actor Observer = new(Guid.NewGuid(), "Hanna", Role.Observer);
    private static readonly Actor Reader = new(Guid.NewGuid(), "Elena", Role.Reader);

    [Fact]
    public async Task A_finding_rests_on_notes_and_gets_its_priority_from_the_matrix()
    {
        var (exercise, note) = await NotedAsync();
        var made = await site.SendAsync(Observer, new MakeFinding.Command(exercise, FindingKind.Weakness, "Checkout drops orders", "", [note], Severity.CustomerImpact, Likelihood.HasHappened));
        var row = (await site.SendAsync(Reader, new ListFindings.Query(exercise))).ShouldHaveSingleItem();
        row.Id.ShouldBe(made.Id);
        row.Priority.ShouldBe(Priority.P0);
        row.Evidence.ShouldBe([note]);
        (await site.SendAsync(Reader, new ShowTimeline.Query(exercise))).ShouldContain(e => e.Kind == EntryKind.Finding);
    }

    [Fact]
    public async Task Without_evidence_or_with_somebody_elses_it_is_refused()
    {
        var (exercise, _) = await NotedAsync();
        (await RefusalAsync(Observer, Finding(exercise, []))).Rule.ShouldBe("FindingNeedsEvidence");
        (await RefusalAsync(Observer, Finding(exercise, [9999]))).Rule.ShouldBe("EvidenceIsOnTheTimeline");
        (await RefusalAsync(Reader, Finding(exercise, [1]))).Rule.ShouldBe("NotAllowed");
    }

    [Fact]
    public async Task An_observer_files_nothing_and_a_tracker_that_is_not_configured_is_named()
    {
        var (exercise, note) = await NotedAsync();
        var made = await site.SendAsync(Observer, Finding(exercise, [note]));
        (await RefusalAsync(Observer, new FileFinding.Command(made.Id, "GitHub"))).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(Ana, new FileFinding.Command(made.Id, "GitHub"))).Message.ShouldContain("GitHub");
    }

    private async Task<(Guid Exercise, long Note)> NotedAsync()
    {
        var id = (await site.SendAsync(Ana, new CreateExercise.Command(PlanText.Short()))).Id!.Value;
        return (id, await site.SendAsync(Observer, new WriteNote.Command(id, "Orders feel sticky", EntryKind.Surprise)));
    }

    private static MakeFinding.Command Finding(Guid exercise, long[] evidence) => new(exercise, FindingKind.Weakness, "Something is weak", "", evidence, null, null);

    private Task<RuleBroken> RefusalAsync<T>(Actor by, IRequest<T> request) => Should.ThrowAsync<RuleBroken>(() => site.SendAsync(by, request));
}

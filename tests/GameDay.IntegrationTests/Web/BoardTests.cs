using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GameDay.Domain;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;
using GameDay.IntegrationTests.Engine;
using GameDay.Web.Features.Exercises;
using GameDay.Web.Features.Notes;
using GameDay.Web.Features.Runs;
using MediatR;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

public sealed class BoardTests(WebSite site) : IClassFixture<WebSite>, IAsyncLifetime
{
    private static readonly Actor Ana = new(Guid.NewGuid(), "Ana", Role.Facilitator);
    private static readonly Actor Ben = new(Guid.NewGuid(), "Ben", Role.Facilitator | Role.Approver);
    private static readonly Actor Observer = new(Guid.NewGuid(), "Hanna", Role.Observer);
    private static readonly Actor Responder = new(Guid.NewGuid(), "Priya", Role.Responder);
    private static readonly Actor Reader = new(Guid.NewGuid(), "Elena", Role.Reader);

    public ValueTask InitializeAsync()
    {
        site.Cluster.Pods = [FakeCluster.Pod("cart-1"), FakeCluster.Pod("cart-2"), FakeCluster.Pod("cart-3")];
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_observer_starts_pauses_and_finishes_nothing()
    {
        var id = await RunningAsync();
        IRequest<Unit>[] forbidden = [new PauseExercise.Command(id), new ResumeExercise.Command(id), new FinishExercise.Command(id), new GiveAllClear.Command(id)];
        foreach (var request in forbidden) (await RefusalAsync(Observer, request)).Rule.ShouldBe("NotAllowed");
        (await RefusalAsync(Observer, new StartRun.Command(id, "first"))).Rule.ShouldBe("NotAllowed");
        await EndAsync(id);
    }

    [Fact]
    public async Task Anyone_may_abort_a_run_and_give_the_reason_afterwards()
    {
        var (id, run) = await ObservingAsync();
        await site.SendAsync(Reader, new AbortRun.Command(id, run));
        await site.SendAsync(Reader, new GiveAbortReason.Command(id, run, "It hurt"));
        await UntilAsync(id, b => b.Lanes[0].Run!.IsOver);
        var board = await BoardAsync(id);
        board.Lanes[0].Run!.Verdict.ShouldBe(Verdict.Aborted);
        board.Lanes[0].Run!.AbortedBy.ShouldBe("Elena");
        board.Lanes[0].Run!.Faults.ShouldAllBe(f => f.Phase == InjectionPhase.Reverted && f.Proof!.Holds);
        (await TimelineAsync(Ana, id)).ShouldContain(t => t.Contains("It hurt"));
        await EndAsync(id);
    }

    [Fact]
    public async Task Of_two_people_who_start_the_same_experiment_one_wins()
    {
        var id = await RunningAsync();
        var both = await Task.WhenAll(new[] { Ana, Ben }.Select(async who =>
        {
            try { return (await site.SendAsync(who, new StartRun.Command(id, "first")), (RuleBroken?)null); }
            catch (RuleBroken refusal) { return (Guid.Empty, refusal); }
        }));
        both.Count(b => b.Item2 is null).ShouldBe(1);
        both.Single(b => b.Item2 is not null).Item2!.Message.ShouldContain("one run at a time");
        await EndAsync(id);
    }

    [Fact]
    public async Task While_paused_nothing_starts()
    {
        var id = await RunningAsync();
        await site.SendAsync(Ana, new PauseExercise.Command(id, "Lunch"));
        (await RefusalAsync(Ana, new StartRun.Command(id, "first"))).Message.ShouldContain("Paused");
        await site.SendAsync(Ana, new ResumeExercise.Command(id));
        await site.SendAsync(Ana, new StartRun.Command(id, "first"));
        await EndAsync(id);
    }

    [Fact]
    public async Task The_same_note_sent_again_after_a_lost_answer_is_one_note()
    {
        var id = await RunningAsync();
        var note = new WriteNote.Command(id, "Seen once", EntryKind.Surprise, Guid.NewGuid());
        var seqs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SendAsync(Observer, note)));
        seqs.Distinct().Count().ShouldBe(1);
        (await TimelineAsync(Ana, id)).Count(t => t == "Seen once").ShouldBe(1);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_note_of_100_kB_with_script_in_it_is_refused_and_given_back()
    {
        var id = await RunningAsync();
        var http = await site.SignedInAsync("hanna");
        var huge = string.Concat(Enumerable.Repeat("<script>alert(1)</script>", 4000));
        var answer = await WebSite.PostFormAsync(http, $"/exercises/{id}/board", $"/exercises/{id}/notes", ("text", huge), ("kind", "Surprise"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("at most 4,000 characters");
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldNotContain("<script>alert(1)</script>");
        (await TimelineAsync(Ana, id)).ShouldNotContain(t => t.Contains("alert(1)"));
        await EndAsync(id);
    }

    [Fact]
    public async Task A_note_without_the_pages_token_is_refused()
    {
        var id = await RunningAsync();
        var http = await site.SignedInAsync("hanna");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("text", "forged")]);
        (await http.PostAsync(new Uri($"/exercises/{id}/notes", UriKind.Relative), form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TimelineAsync(Ana, id)).ShouldNotContain("forged");
        await EndAsync(id);
    }

    [Fact]
    public async Task The_first_detection_is_the_moment_and_every_mark_stays_on_the_timeline()
    {
        var (id, run) = await ObservingAsync();
        await site.SendAsync(Observer, new WriteNote.Command(id, "Orders feel sticky", EntryKind.Detection));
        await site.SendAsync(Responder, new MarkMoment.Command(id, run, EntryKind.Detection));
        await site.SendAsync(Responder, new MarkMoment.Command(id, run, EntryKind.Acknowledged));
        var row = (await BoardAsync(id)).Lanes[0].Run!;
        row.DetectedBy.ShouldBe("Hanna");
        row.AcknowledgedAt.ShouldNotBeNull();
        var timeline = await TimelineAsync(Ana, id);
        timeline.ShouldContain("Orders feel sticky");
        timeline.ShouldContain("Marked: detected");
        await EndAsync(id);
    }

    [Fact]
    public async Task Who_only_responds_reads_other_peoples_notes_after_the_all_clear()
    {
        var id = await RunningAsync();
        await site.SendAsync(Observer, new WriteNote.Command(id, "They look in the wrong place", EntryKind.Believed));
        await site.SendAsync(Responder, new WriteNote.Command(id, "Raised the timeout", EntryKind.Action));
        var sealedTimeline = await TimelineAsync(Responder, id);
        sealedTimeline.ShouldContain("Raised the timeout");
        sealedTimeline.ShouldNotContain("They look in the wrong place");
        (await TimelineAsync(Observer, id)).ShouldContain("They look in the wrong place");
        await EndAsync(id);
        await UntilAsync(id, b => b.State == ExerciseState.WindingDown);
        await AllClearAsync(id);
        (await TimelineAsync(Responder, id)).ShouldContain("They look in the wrong place");
    }

    [Fact]
    public async Task Abort_is_a_plain_form_that_leads_to_the_question_why()
    {
        var (id, run) = await ObservingAsync();
        var http = await site.SignedInAsync("priya");
        var answer = await WebSite.PostFormAsync(http, $"/exercises/{id}/board", $"/exercises/{id}/runs/{run}/abort");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe($"/exercises/{id}/board?why={run}");
        (await http.GetStringAsync(answer.Headers.Location)).ShouldContain("Why did you abort?");
        await UntilAsync(id, b => b.Lanes[0].Run!.IsOver);
        await EndAsync(id);
    }

    [Fact]
    public async Task A_refusal_of_a_form_is_json_for_the_script_and_a_page_for_people()
    {
        var id = await RunningAsync();
        var http = await site.SignedInAsync("hanna");
        var page = await WebSite.PostFormAsync(http, $"/exercises/{id}/board", $"/exercises/{id}/pause");
        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await page.Content.ReadAsStringAsync()).ShouldContain("needs the role");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        var script = await WebSite.PostFormAsync(http, $"/exercises/{id}/board", $"/exercises/{id}/pause");
        (await script.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("needs the role");
        await EndAsync(id);
    }

    private async Task<Guid> RunningAsync(string duration = "1s")
    {
        var id = (await site.SendAsync(Ana, new CreateExercise.Command(PlanText.Short().Replace("duration: 1s", $"duration: {duration}")))).Id!.Value;
        await site.SendAsync(Ana, new SubmitExercise.Command(id));
        await site.SendAsync(Ben, new ApproveExercise.Command(id, (await site.SendAsync(Ben, new GetExercise.Query(id))).PlanHash, null));
        await site.SendAsync(Ana, new BriefExercise.Command(id));
        await site.SendAsync(Ana, new StartExercise.Command(id));
        return id;
    }

    private async Task<(Guid Id, Guid Run)> ObservingAsync()
    {
        var id = await RunningAsync("120s");
        var run = await site.SendAsync(Ana, new StartRun.Command(id, "first"));
        await UntilAsync(id, b => b.Lanes[0].State == RunState.Observing);
        return (id, run);
    }

    /// <summary>Leaves nothing live for the next test: one cluster is shared.</summary>
    private async Task EndAsync(Guid id)
    {
        await site.SendAsync(Ana, new AbortExercise.Command(id));
        await UntilAsync(id, b => b.Active is null);
    }

    private async Task AllClearAsync(Guid id)
    {
        for (var patience = 100; ; patience--)
        {
            try { await site.SendAsync(Ana, new GiveAllClear.Command(id)); return; }
            catch (RuleBroken) when (patience > 0) { await Task.Delay(200); }
        }
    }

    private Task<Board> BoardAsync(Guid id) => site.SendAsync(Ana, new ShowBoard.Query(id));

    private async Task UntilAsync(Guid id, Func<Board, bool> reached)
    {
        for (var patience = 300; !reached(await BoardAsync(id)); patience--)
        {
            patience.ShouldBeGreaterThan(0, $"the board never got there: {(await BoardAsync(id)).Lanes[0].State}");
            await Task.Delay(200);
        }
    }

    private async Task<List<string>> TimelineAsync(Actor who, Guid id) => [.. (await site.SendAsync(who, new ShowTimeline.Query(id))).Select(e => e.Text)];

    private Task<RuleBroken> RefusalAsync<T>(Actor by, IRequest<T> request) => Should.ThrowAsync<RuleBroken>(() => site.SendAsync(by, request));
}

using System.Net;
using System.Text.RegularExpressions;
using GameDay.IntegrationTests.Engine;
using Shouldly;

namespace GameDay.IntegrationTests.Stage;

/// <summary>
/// Two app processes on one database while one of them is killed, paused, or cut off: no step twice, nothing left. Judged by the
/// sandbox's kernels and objects and by the timeline, not by what the product says of itself.
/// </summary>
public sealed partial class TwoNodesTests(TwoNodes two) : IClassFixture<TwoNodes>
{
    [Fact]
    [Trait("Rule", "12")]
    [Trait("Rule", "14")]
    public async Task Killed_while_observing_the_other_goes_on_and_hears_the_abort_posted_from_the_dead_nodes_page()
    {
        var exercise = await ObservingAsync("checkout", "payments", "300s");
        var (owner, other) = await two.OwnerAsync(exercise);
        using var marta = Browser(owner);
        var token = await PageOfAsync(marta, exercise);
        await owner.App.KillAsync();
        (await two.UntilAsync(exercise, "taken up", r => r.Epoch == 2)).State.ShouldBe("Observing");
        (await two.FaultedAsync("checkout")).Count.ShouldBe(1, "the fault is still wanted");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("reason", "the page was open"), KeyValuePair.Create("__RequestVerificationToken", token)]);
        (await marta.PostAsync(new Uri(other.App.Address, $"/exercises/{exercise}/abort"), form)).StatusCode.ShouldBe(HttpStatusCode.Found);
        await EndsCleanlyAsync(exercise, "checkout", "Aborted");
        await owner.App.StartAsync();
    }

    [Fact]
    [Trait("Rule", "14")]
    public async Task Paused_for_longer_than_its_lease_and_continued_it_changes_nothing_that_is_the_others_now()
    {
        var exercise = await ObservingAsync("storefront", "checkout", "300s");
        var (owner, _) = await two.OwnerAsync(exercise);
        await owner.App.SignalAsync("-STOP");
        await two.UntilAsync(exercise, "taken up", r => r.Epoch == 2);
        await owner.App.SignalAsync("-CONT");
        (await two.FaultedAsync("storefront")).Count.ShouldBe(1, "nobody has ended it");
        await AbortAsync(exercise);
        await EndsCleanlyAsync(exercise, "storefront", "Aborted");
    }

    [Fact]
    [Trait("Rule", "9")]
    public async Task Cut_off_from_PostgreSQL_it_reverts_its_own_fault_and_writes_nothing_over_the_others_journal()
    {
        var exercise = await ObservingAsync("cart", "store", "300s");
        var (owner, _) = await two.OwnerAsync(exercise);
        owner.Database.Cut();
        try
        {
            await Eventually.Async(async () => (await two.FaultedAsync("cart")).Count == 0, () => "reverted by the node that was cut off", 120);
            await two.UntilAsync(exercise, "taken up", r => r.Epoch >= 2);
        }
        finally
        {
            owner.Database.Mend();
        }
        await EndsCleanlyAsync(exercise, "cart", "Inconclusive");
    }

    [Fact]
    [Trait("Rule", "11")]
    public async Task Cut_off_from_the_API_server_nothing_is_called_reverted_until_it_is_back_and_then_it_is_proved()
    {
        var exercise = await ObservingAsync("catalogue", "store", "300s");
        var (owner, _) = await two.OwnerAsync(exercise);
        owner.Cluster.Cut();
        try
        {
            await AbortAsync(exercise);
            await two.UntilAsync(exercise, "reverting", r => r.State is "Reverting" or "Leaked");
            await Task.Delay(TimeSpan.FromSeconds(3));
            (await two.RunAsync(exercise))!.State.ShouldBeOneOf("Reverting", "Leaked");
        }
        finally
        {
            owner.Cluster.Mend();
        }
        await EndsCleanlyAsync(exercise, "catalogue", "Aborted");
    }

    [Fact]
    [Trait("Rule", "12")]
    public async Task A_halt_object_made_by_hand_ends_the_run_whoever_owns_it()
    {
        var exercise = await ObservingAsync("payments", "store", "300s");
        await two.HaltByHandAsync();
        try
        {
            await EndsCleanlyAsync(exercise, "payments", "Aborted", "Inconclusive");
        }
        finally
        {
            await two.ReleaseByHandAsync();
        }
    }

    private async Task<Guid> ObservingAsync(string app, string to, string duration)
    {
        var exercise = await two.StartAsync(Plan(app, to, duration));
        await two.UntilAsync(exercise, "Observing", r => r.State is "Observing" or "Done" or "Refused");
        (await two.RunAsync(exercise))!.State.ShouldBe("Observing", (await two.RunAsync(exercise))!.Reason);
        (await two.FaultedAsync(app)).Count.ShouldBe(1);
        return exercise;
    }

    private Task AbortAsync(Guid exercise) => (two.First.App.IsRunning ? two.First : two.Second).App.AbortAsync(exercise);

    /// <summary>One injection, one entry and that one proved, no kernel holds anything, and no entry of the timeline is missing or there twice.</summary>
    private async Task EndsCleanlyAsync(Guid exercise, string app, params string[] verdicts)
    {
        var run = await two.UntilAsync(exercise, "ended", r => r.State is "Done" or "NotRecovered" or "Refused", 180);
        run.Verdict.ShouldBeOneOf(verdicts);
        (await two.FaultedAsync(app)).ShouldBeEmpty();
        (await two.InjectionsAsync(app)).ShouldBe(1, "injected once");
        var entries = await two.EntriesAsync(run.Id);
        entries.Count.ShouldBe(1);
        entries[0].GetRawText().ShouldContain("proved");
        var timeline = await two.TimelineAsync(exercise);
        timeline.Select(t => t.Seq).ShouldBe(Enumerable.Range(1, timeline.Count).Select(n => (long)n));
        timeline.Count(t => t.Text.Contains("effect seen", StringComparison.Ordinal)).ShouldBe(1);
        timeline.Count(t => t.Kind == "Proof").ShouldBe(1);
    }

    private static HttpClient Browser(TwoNodes.Node node) => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = node.App.Address };

    /// <summary>Signs a facilitator in and loads the board, as somebody who watches does.</summary>
    private static async Task<string> PageOfAsync(HttpClient http, Guid exercise)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("userName", "marta"), KeyValuePair.Create("__RequestVerificationToken", await TokenAsync(http, "/sign-in"))]);
        (await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form)).StatusCode.ShouldBe(HttpStatusCode.Found);
        return await TokenAsync(http, $"/exercises/{exercise}/board");
    }

    private static async Task<string> TokenAsync(HttpClient http, string page) =>
        AntiforgeryField().Match(await http.GetStringAsync(new Uri(page, UriKind.Relative))).Groups["token"].Value;

    private static string Plan(string app, string to, string duration) => $$"""
        title: {{app}} slows down
        experiments:
          - key: slow
            title: {{app}} slows down
            hypothesis: The pods stay ready
            fault: { kind: network-latency, delay: 50ms, to: app={{to}} }
            targets: { namespace: shop, selector: app={{app}}, choose: one }
            duration: {{duration}}
            recoverWithin: 60s
            probes:
              - name: pods
                question: Are the store's pods there?
                unit: pods
                every: 1s
                kubernetes: { measure: readyPods, namespace: shop, deployment: store }
                tolerance: { min: 0 }
            abortWhen:
              - { probe: pods, below: 0, for: 10m }
        """;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AntiforgeryField();
}

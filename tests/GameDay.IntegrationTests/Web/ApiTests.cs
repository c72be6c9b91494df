using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

public sealed class ApiTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_file_runs_to_its_verdict_without_a_browser()
    {
        using var http = site.CommandLine();
        var id = await CreateAsync(http);
        (await http.PostAsJsonAsync($"/api/exercises/{id}/run", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var entries = await FollowAsync(http, id);
        entries.Select(e => e.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, entries.Count).Select(n => (long)n));
        var exercise = await http.GetFromJsonAsync<JsonElement>($"/api/exercises/{id}");
        exercise.GetProperty("state").GetString().ShouldBe("Debriefing");
        exercise.GetProperty("leaks").GetInt32().ShouldBe(0);
        exercise.GetProperty("runs")[0].GetProperty("verdict").GetString().ShouldBe("Held");
        site.Cluster.Faulted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_file_answers_422_with_a_line_for_each_problem()
    {
        using var http = site.CommandLine();
        var answer = await http.PostAsync(new Uri("/api/exercises", UriKind.Relative), new StringContent("title: x\nexperimentz: 1\n"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => e.GetString()!).ToList();
        errors.ShouldContain(e => e.StartsWith("2:1 experimentz", StringComparison.Ordinal) && e.Contains("Did you mean 'experiments'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_observers_cookie_may_read_but_not_plan_or_run()
    {
        using var observer = await site.SignedInAsync("hanna");
        var refused = await observer.PostAsync(new Uri("/api/exercises", UriKind.Relative), new StringContent(PlanText.Short()));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString()!.ShouldContain("facilitator");
    }

    [Fact]
    public async Task A_wrong_token_opens_nothing()
    {
        using var http = site.Visitor();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "guess");
        (await http.GetAsync(new Uri("/api/sweep", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Preflight_says_what_each_guard_read_and_stores_nothing()
    {
        using var http = site.CommandLine();
        var answer = await http.PostAsync(new Uri("/api/preflight", UriKind.Relative), new StringContent(PlanText.Short(ns: "kube-system")));
        var guards = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("experiments")[0].GetProperty("guards").EnumerateArray().ToList();
        guards.Single(g => g.GetProperty("guard").GetString() == "Protected namespace").GetProperty("passed").GetBoolean().ShouldBeFalse();
        guards.Count.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task With_nothing_live_an_abort_says_so()
    {
        using var http = site.CommandLine();
        var answer = await http.PostAsJsonAsync("/api/exercises/live/abort", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task<string> CreateAsync(HttpClient http)
    {
        var created = await http.PostAsync(new Uri("/api/exercises", UriKind.Relative), new StringContent(PlanText.Short()));
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<List<JsonElement>> FollowAsync(HttpClient http, string id)
    {
        using var patience = new CancellationTokenSource(Deadline);
        var entries = new List<JsonElement>();
        while (true)
        {
            var after = entries.Count == 0 ? 0 : entries[^1].GetProperty("seq").GetInt64();
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/exercises/{id}/timeline?after={after}&wait=2", patience.Token);
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
            if (page.GetProperty("ended").GetBoolean()) return entries;
        }
    }
}

public sealed class HaltTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task Halt_by_a_plain_form_refuses_every_start_until_it_is_released_with_a_reason()
    {
        using var observer = await site.SignedInAsync("hanna");
        (await WebSite.PostFormAsync(observer, "/halt", "/halt", ("reason", "smoke in the room"))).Headers.Location!.OriginalString.ShouldBe("/halt");
        site.Cluster.HaltObject.ShouldNotBeNull().ShouldContain("smoke in the room");

        using var http = site.CommandLine();
        var created = await http.PostAsync(new Uri("/api/exercises", UriKind.Relative), new StringContent(PlanText.Short()));
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var refused = await http.PostAsJsonAsync($"/api/exercises/{id}/run", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Halt is in force");

        (await WebSite.PostFormAsync(observer, "/halt", "/release", ("reason", "x"))).StatusCode.ShouldNotBe(HttpStatusCode.Found);
        (await http.PostAsJsonAsync("/api/release", new { reason = "" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await http.PostAsJsonAsync("/api/release", new { reason = "it was toast" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Cluster.HaltObject.ShouldBeNull();
    }
}

using GameDay.Domain.Plugins;
using GameDay.Integrations.GitHub;
using GameDay.Integrations.Redmine;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Integrations;

public sealed class TrackerTests
{
    private static readonly IssueDraft Draft = new("gameday-finding-1", "Payments has no timeout", "What was seen.", ["gameday", "P1"]);

    [Fact]
    public async Task GitHub_gets_an_issue_with_marker_and_labels()
    {
        await using var server = await VendorServer.StartAsync((_, c) => Created(c, new { number = 7, html_url = "https://github.example/o/r/issues/7", state = "open" }));
        var issue = await GitHub(server).WriteAsync(Draft, TestContext.Current.CancellationToken);

        issue.ShouldBe(new TrackerIssue("GitHub", "#7", new Uri("https://github.example/o/r/issues/7"), "open"));
        var asked = server.Requests.ShouldHaveSingleItem();
        asked.Path.ShouldBe("/repos/o/r/issues");
        asked.Headers["User-Agent"].ShouldNotBeEmpty();
        asked.Json.GetProperty("body").GetString()!.ShouldContain(Draft.Marker);
        asked.Json.GetProperty("labels").EnumerateArray().Select(l => l.GetString()).ShouldBe(["gameday", "P1"]);
    }

    [Fact]
    public async Task GitHub_finds_an_issue_by_its_marker_among_the_labelled()
    {
        await using var server = await VendorServer.StartAsync((_, c) => c.Response.WriteAsJsonAsync(new object[]
        {
            new { number = 9, html_url = "https://github.example/9", state = "open", body = (string?)null },
            new { number = 8, html_url = "https://github.example/8", state = "closed", body = "text <!-- gameday-finding-1 -->" },
        }));
        (await GitHub(server).FindAsync(Draft.Marker, TestContext.Current.CancellationToken))!.Key.ShouldBe("#8");
        (await GitHub(server).FindAsync("gameday-finding-2", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Redmine_below_a_path_gets_an_issue_and_finds_it_again()
    {
        await using var server = await VendorServer.StartAsync((asked, c) => asked.Method == "POST"
            ? Created(c, new { issue = new { id = 12, status = new { id = 1, name = "New" } } })
            : c.Response.WriteAsJsonAsync(new { issues = new[] { new { id = 12, status = new { id = 1, name = "New" }, description = "What was seen.\n\ngameday-finding-1" } } }));
        var redmine = new RedmineTracker(new HttpClient(), new RedmineOptions { BaseAddress = new Uri(server.Address, "redmine"), Key = "k", Project = "shop" });

        var issue = await redmine.WriteAsync(Draft, TestContext.Current.CancellationToken);
        issue.Url.ShouldBe(new Uri(server.Address, "redmine/issues/12"));
        server.Requests.TryPeek(out var asked).ShouldBeTrue();
        asked!.Path.ShouldBe("/redmine/issues.json");
        asked.Headers["X-Redmine-API-Key"].ShouldBe("k");
        asked.Json.GetProperty("issue").GetProperty("project_id").GetString().ShouldBe("shop");
        (await redmine.FindAsync(Draft.Marker, TestContext.Current.CancellationToken)).ShouldBe(issue);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task What_only_a_person_can_mend_is_refused_for_good_without_the_token(int status)
    {
        await using var server = await VendorServer.StartAsync((_, c) => { c.Response.StatusCode = status; return c.Response.WriteAsync("{}"); });
        var refused = await Should.ThrowAsync<VendorRefused>(() => GitHub(server).WriteAsync(Draft, TestContext.Current.CancellationToken));
        refused.Message.ShouldNotContain("ghp_secret");
    }

    [Fact]
    public async Task Html_instead_of_json_is_said_in_words()
    {
        await using var server = await VendorServer.StartAsync((_, c) => c.Response.WriteAsync("<html>login</html>"));
        (await Should.ThrowAsync<HttpRequestException>(() => GitHub(server).WriteAsync(Draft, TestContext.Current.CancellationToken))).Message.ShouldContain("not JSON");
    }

    private static GitHubTracker GitHub(VendorServer server) => new(new HttpClient(), new GitHubOptions { Token = "ghp_secret", Repository = "o/r", BaseAddress = server.Address });

    private static Task Created(HttpContext context, object body)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        return context.Response.WriteAsJsonAsync(body);
    }
}

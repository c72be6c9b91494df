using System.Net;
using GameDay.Web.Hosting;
using GameDay.Web.Security;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace GameDay.IntegrationTests.Web;

public sealed class SignInTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task Without_a_sign_in_pages_lead_to_it_and_the_API_says_401()
    {
        using var http = site.Visitor();
        var page = await http.GetAsync(new Uri("/exercises", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.Found);
        page.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?then=%2Fexercises");
        (await http.GetAsync(new Uri("/api/sweep", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/"), InlineData("/exercises"), InlineData("/exercises/new"), InlineData("/scenarios"), InlineData("/faults"), InlineData("/runbooks"), InlineData("/clusters"), InlineData("/settings"), InlineData("/search?q=cart"), InlineData("/halt")]
    public async Task A_demo_person_opens_every_page_without_script(string path)
    {
        using var http = await site.SignedInAsync("hanna");
        var page = await http.GetAsync(new Uri(path, UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("Something broke");
        html.ShouldNotContain(" style=");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
    }

    [Theory]
    [InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("https://evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string then)
    {
        using var http = site.Visitor();
        var answer = await WebSite.PostFormAsync(http, "/sign-in", "/sign-in", ("userName", "marta"), ("then", then));
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Theory]
    [InlineData("/sign-in"), InlineData("/halt"), InlineData("/release"), InlineData("/sign-out")]
    public async Task A_form_from_elsewhere_is_refused(string action)
    {
        using var http = await site.SignedInAsync("marta");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("userName", "marta"), KeyValuePair.Create("reason", "x")]);
        (await http.PostAsync(new Uri(action, UriKind.Relative), form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_old_address_says_what_to_do()
    {
        using var http = await site.SignedInAsync("elena");
        var page = await http.GetAsync(new Uri("/nothing/here", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync()).ShouldContain("The address may be old");
    }

    [Fact]
    public async Task A_foreign_host_name_does_not_reach_a_loopback_listener()
    {
        using var http = site.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "evil.example" } };
        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_signs_in_by_guessing()
    {
        using var http = site.Visitor();
        var answer = await WebSite.PostFormAsync(http, "/sign-in", "/sign-in", ("userName", "somebody"), ("password", "x"));
        answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?wrong=1");
    }

    [Fact]
    public void The_command_lines_token_is_readable_by_its_owner_alone() =>
        File.GetUnixFileMode(site.TokenFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
}

public sealed class RealClusterTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task A_real_cluster_ends_the_demo_people_and_one_link_makes_the_first_administrator()
    {
        (await site.SignedInAsync("marta")).Dispose();
        await site.RestartAsync(new NamedCluster("prod", "none"));
        using var visitor = site.Visitor();
        (await visitor.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).ShouldNotContain("Marta");
        var refused = await WebSite.PostFormAsync(visitor, "/sign-in", "/sign-in", ("userName", "marta"));
        refused.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?wrong=1");

        var key = site.Services.GetRequiredService<SetupLink>().Open();
        (string, string)[] fields = [("key", key), ("userName", "ops"), ("name", "Olu Ops"), ("password", "a long enough one")];
        (await WebSite.PostFormAsync(visitor, $"/first-administrator?key={key}", "/first-administrator", fields)).Headers.Location!.OriginalString.ShouldBe("/");
        (await visitor.GetAsync(new Uri("/settings", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var second = site.Visitor();
        (await WebSite.PostFormAsync(second, "/sign-in", "/first-administrator", fields)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await WebSite.PostFormAsync(second, "/sign-in", "/sign-in", ("userName", "ops"), ("password", "a long enough one"))).Headers.Location!.OriginalString.ShouldBe("/");
    }
}

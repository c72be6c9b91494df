using GameDay.Domain.Plugins;
using GameDay.Integrations.Slack;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Integrations;

public sealed class SlackTests
{
    private static readonly Notice Notice = new("key-1", Guid.Empty, NoticeKind.Started, "#gameday", "[EXERCISE · A <b>day</b> & more · 1] Exercise is live.\nAnyone may stop it: press Abort.", new Uri("http://127.0.0.1:5080/exercises/1"));

    [Fact]
    public async Task A_notice_is_posted_with_blocks_its_key_and_escaped_text()
    {
        await using var slack = await VendorServer.StartAsync((_, c) => c.Response.WriteAsJsonAsync(new { ok = true, ts = "17.1", channel = "C1" }));
        (await Notifier(slack).SendAsync(Notice, TestContext.Current.CancellationToken)).ShouldBe("17.1");

        var asked = slack.Requests.ShouldHaveSingleItem();
        asked.Path.ShouldBe("/chat.postMessage");
        asked.Headers["Authorization"].ShouldBe("Bearer xoxb-secret");
        asked.Headers["Content-Type"].ShouldStartWith("application/json");
        asked.Json.GetProperty("channel").GetString().ShouldBe("#gameday");
        asked.Json.GetProperty("text").GetString()!.ShouldContain("&lt;b&gt;day&lt;/b&gt; &amp; more");
        asked.Json.GetProperty("metadata").GetProperty("event_payload").GetProperty("key").GetString().ShouldBe("key-1");
        foreach (var block in asked.Json.GetProperty("blocks").EnumerateArray()) block.GetProperty("type").GetString().ShouldBeOneOf("section", "actions");
    }

    [Fact]
    public async Task A_lost_answer_is_found_again_by_its_key()
    {
        await using var slack = await VendorServer.StartAsync((asked, c) => c.Response.WriteAsJsonAsync(asked.Path switch
        {
            "/conversations.list" when !asked.Body.Contains("cursor=p2", StringComparison.Ordinal) => new { ok = true, channels = new[] { new { id = "C0", name = "random" } }, response_metadata = new { next_cursor = "p2" } },
            "/conversations.list" => new { ok = true, channels = new[] { new { id = "C1", name = "gameday" } } },
            "/conversations.history" => new { ok = true, messages = new[] { new { ts = "17.9", metadata = new { event_type = "gameday_notice", event_payload = new { key = "key-1" } } } } },
            _ => (object)new { ok = false, error = "unknown_method" },
        }));
        (await Notifier(slack).FindAsync(Notice, TestContext.Current.CancellationToken)).ShouldBe("17.9");
        slack.Requests.Last().Body.ShouldContain("channel=C1");
    }

    [Theory]
    [InlineData("channel_not_found")]
    [InlineData("invalid_auth")]
    [InlineData("not_in_channel")]
    public async Task What_only_a_person_can_mend_is_refused_for_good_without_the_token(string error)
    {
        await using var slack = await VendorServer.StartAsync((_, c) => c.Response.WriteAsJsonAsync(new { ok = false, error }));
        var refused = await Should.ThrowAsync<VendorRefused>(() => Notifier(slack).SendAsync(Notice, TestContext.Current.CancellationToken));
        refused.Message.ShouldContain(error);
        refused.Message.ShouldNotContain("xoxb");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_passing_failure_may_be_tried_again(int status)
    {
        await using var slack = await VendorServer.StartAsync((_, c) => { c.Response.StatusCode = status; return c.Response.WriteAsync("busy"); });
        await Should.ThrowAsync<HttpRequestException>(() => Notifier(slack).SendAsync(Notice, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_a_token_it_is_not_configured() => new SlackNotifier(new HttpClient(), new SlackOptions()).IsConfigured.ShouldBeFalse();

    private static SlackNotifier Notifier(VendorServer server) => new(new HttpClient(), new SlackOptions { Token = "xoxb-secret", BaseAddress = server.Address });
}

using GameDay.Kubernetes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Kubernetes;

public sealed class ErrorTests
{
    private const string Conflict = """
        {"kind":"Status","apiVersion":"v1","status":"Failure","message":"Precondition failed: UID in precondition: a, UID in object meta: b","reason":"Conflict","details":{"name":"cart-0","kind":"pods"},"code":409}
        """;

    [Fact]
    public async Task A_refusal_carries_code_reason_and_message_of_the_api()
    {
        await using var server = await RecordedServer.AnsweringAsync(409, Conflict);
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.DeleteAsync<V1Pod>("cart-0", "shop", V1DeleteOptions.Exactly("a")));

        refusal.Code.ShouldBe(409);
        refusal.Reason.ShouldBe("Conflict");
        refusal.Message.ShouldContain("DELETE api/v1/namespaces/shop/pods/cart-0");
        refusal.Message.ShouldContain("UID in precondition");
        refusal.IsConflict.ShouldBeTrue();
    }

    [Fact]
    public async Task A_disruption_budget_is_named_by_the_cause_of_a_429()
    {
        await using var server = await RecordedServer.StartAsync((context, request) => request.Method == "GET" ? RecordedServer.WriteAsync(context, 404, "") : RecordedServer.WriteAsync(context, 429, """
            {"kind":"Status","status":"Failure","message":"Cannot evict pod as it would violate the pod's disruption budget.","reason":"TooManyRequests","details":{"causes":[{"reason":"DisruptionBudget","message":"needs 2"}]},"code":429}
            """));
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.EvictAsync("cart-0", "shop", "uid"));

        refusal.Status.Details!.Causes!.Single().Reason.ShouldBe("DisruptionBudget");
        server.Requests.Count(request => request.Method == "POST").ShouldBe(1, "an eviction without Retry-After is not tried again");
    }

    [Fact]
    public async Task A_flow_controlled_request_is_sent_again()
    {
        var turnedAway = 0;
        await using var server = await RecordedServer.StartAsync((context, _) =>
        {
            if (Interlocked.Increment(ref turnedAway) > 1)
                return RecordedServer.WriteAsync(context, 200, """{"metadata":{"name":"a"}}""");
            context.Response.Headers.RetryAfter = "0";
            return RecordedServer.WriteAsync(context, 429, "Too many requests, please try again later.", "text/plain");
        });
        using var client = server.Client();

        (await client.ReadAsync<V1ConfigMap>("a", "gameday")).Metadata.Name.ShouldBe("a");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_html_answer_says_that_this_is_not_the_api()
    {
        await using var server = await RecordedServer.AnsweringAsync(200, "<html>Please sign in</html>", "text/html");
        using var client = server.Client();

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.ReadAsync<V1Pod>("a", "b"));

        away.Message.ShouldContain("recorded");
        away.Message.ShouldContain("text/html");
        away.Message.ShouldContain("Please sign in");
    }

    [Fact]
    public async Task An_html_error_still_has_a_code_and_a_reason()
    {
        await using var server = await RecordedServer.AnsweringAsync(502, "<html>Bad Gateway</html>", "text/html");
        using var client = server.Client();

        var refusal = await Should.ThrowAsync<KubernetesException>(() => client.ReadAsync<V1Pod>("a", "b"));

        refusal.Code.ShouldBe(502);
        refusal.Reason.ShouldBe("BadGateway");
    }

    [Fact]
    public async Task A_body_cut_off_in_the_middle_is_no_answer()
    {
        await using var server = await RecordedServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"metadata":{"na""", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });
        using var client = server.Client();

        await Should.ThrowAsync<ClusterUnreachableException>(() => client.ReadAsync<V1Pod>("a", "b"));
    }

    [Fact]
    public async Task Nothing_listening_is_unreachable_and_a_change_cannot_have_landed()
    {
        using var client = new KubernetesClient(new() { ClusterName = "away", Host = new("http://127.0.0.1:1") });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map("a")));

        away.Cluster.ShouldBe("away");
        away.MayHaveLanded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_and_a_change_may_have_landed()
    {
        await using var server = await RecordedServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = new KubernetesClient(server.Configuration with { ClientWait = TimeSpan.FromMilliseconds(200) });

        var away = await Should.ThrowAsync<ClusterUnreachableException>(() => client.CreateAsync(Map("a")));

        away.Message.ShouldContain("no answer within 0.2 s");
        away.MayHaveLanded.ShouldBeTrue();
        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.ReadAsync<V1Pod>("a", "b"))).MayHaveLanded.ShouldBeFalse();
    }

    [Fact]
    public async Task Only_404_is_absence()
    {
        await using var missing = await RecordedServer.AnsweringAsync(404, """{"kind":"Status","code":404,"reason":"NotFound"}""");
        await using var forbidden = await RecordedServer.AnsweringAsync(403, """{"kind":"Status","code":403,"reason":"Forbidden"}""");
        using var one = missing.Client();
        using var other = forbidden.Client();

        (await one.FindAsync<V1Pod>("a", "b")).ShouldBeNull();
        (await one.DeleteAsync<V1Pod>("a", "b")).ShouldBeFalse();
        await Should.ThrowAsync<KubernetesException>(() => other.FindAsync<V1Pod>("a", "b"));
    }

    private static V1ConfigMap Map(string name) => new() { Metadata = new() { Name = name, Namespace = "gameday" } };
}

using System.Reflection;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Hosting;
using GameDay.Web.Requests;
using MediatR;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Requests;

public sealed class AuthorisationTests
{
    [Fact]
    public void Every_request_says_who_may_send_it()
    {
        var requests = typeof(WebHost).Assembly.GetTypes().Where(IsRequest).ToList();
        requests.Count.ShouldBeGreaterThan(2);
        requests.Where(SaysNobody).Select(r => r.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_that_says_nobody_is_caught() => SaysNobody(typeof(Forgotten)).ShouldBeTrue();

    [Fact]
    public async Task A_request_that_says_nobody_is_refused_for_all() =>
        (await RefusalOf(new Forgotten(), (Role)63)).ShouldBe("NotAllowed");

    [Fact]
    public async Task An_observer_may_not_send_what_facilitators_may()
    {
        (await RefusalOf(new Start(), Role.Observer)).ShouldBe("NotAllowed");
        (await RefusalOf(new Start(), Role.Facilitator | Role.Approver)).ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_unknown_may_only_send_what_is_open_to_anyone()
    {
        (await RefusalOf(new Start(), roles: null)).ShouldBe("NotAllowed");
        (await RefusalOf(new Open(), roles: null)).ShouldBeNull();
    }

    private static async Task<string?> RefusalOf<T>(T request, Role? roles) where T : IRequest<int>
    {
        var user = new CurrentUser();
        user.Become(roles is { } held ? new Actor(Guid.NewGuid(), "Hanna Vogel", held) : null);
        try
        {
            (await new Authorise<T, int>(user).Handle(request, CancellationToken.None, () => Task.FromResult(1))).ShouldBe(1);
            return null;
        }
        catch (RuleBroken refusal)
        {
            return refusal.Rule;
        }
    }

    private static bool IsRequest(Type type) => type is { IsAbstract: false, IsInterface: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>));

    private static bool SaysNobody(Type type) => type.GetCustomAttribute<AllowAttribute>(inherit: false) is null && type.GetCustomAttribute<AllowAnyoneAttribute>(inherit: false) is null;

    private sealed record Forgotten : IRequest<int>;

    [Allow(Role.Facilitator)]
    private sealed record Start : IRequest<int>;

    [AllowAnyone]
    private sealed record Open : IRequest<int>;
}

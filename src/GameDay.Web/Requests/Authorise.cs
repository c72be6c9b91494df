using System.Reflection;
using GameDay.Domain;
using GameDay.Domain.People;
using MediatR;

namespace GameDay.Web.Requests;

/// <summary>First in the pipeline: refuses whoever the request's attribute does not name. A request without one is refused for all.</summary>
public sealed class Authorise<TRequest, TResponse>(CurrentUser user) : IPipelineBehavior<TRequest, TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var type = request!.GetType();
        if (type.IsDefined(typeof(AllowAnyoneAttribute), inherit: false)) return next();
        var anyOf = type.GetCustomAttribute<AllowAttribute>(inherit: false)?.AnyOf ?? Role.None;
        return user.Has(anyOf) ? next() : throw Refusal(anyOf);
    }

    private RuleBroken Refusal(Role anyOf) => new("NotAllowed", user.IsSignedIn
        ? $"{user.Name} may not do this; it needs the role {InWords(anyOf)}. Ask somebody who has it."
        : "Sign in first, then try again.");

    private static string InWords(Role anyOf)
    {
        var names = Enum.GetValues<Role>().Where(r => r != Role.None && anyOf.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant());
        return string.Join(" or ", names);
    }
}

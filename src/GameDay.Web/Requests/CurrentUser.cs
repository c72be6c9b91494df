using GameDay.Domain;
using GameDay.Domain.People;

namespace GameDay.Web.Requests;

/// <summary>Who acts in this request's scope. Set once by <see cref="Sender"/>, read by handlers.</summary>
public sealed class CurrentUser
{
    private Actor? _actor;

    public bool IsSignedIn => _actor is not null;

    public Actor Actor => _actor ?? throw new RuleBroken("NotAllowed", "Sign in first: this needs a person.");

    public string Name => Actor.Name;

    public bool Has(Role anyOf) => _actor is { } actor && (actor.Roles & anyOf) != Role.None;

    public void Become(Actor? actor) => _actor = actor;
}

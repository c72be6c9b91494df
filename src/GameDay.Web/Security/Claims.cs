using System.Security.Claims;
using GameDay.Domain.People;

namespace GameDay.Web.Security;

/// <summary>A person as claims of the sign-in cookie, and back.</summary>
public static class Claims
{
    public const string Roles = "gameday:roles";
    public const string Demo = "gameday:demo";

    public static ClaimsPrincipal ToPrincipal(this Person person, string scheme) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()),
        new Claim(ClaimTypes.Name, person.Name),
        new Claim(Roles, ((int)person.Roles).ToString()),
        new Claim(Demo, person.IsDemo ? "yes" : "no"),
    ], scheme));

    public static Actor? ToActor(this ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true) return null;
        Guid? id = Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var parsed) ? parsed : null;
        var roles = int.TryParse(user.FindFirstValue(Roles), out var bits) ? (Role)bits : Role.None;
        return new Actor(id, user.Identity.Name ?? "somebody", roles);
    }
}

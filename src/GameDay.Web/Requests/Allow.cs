using GameDay.Domain.People;

namespace GameDay.Web.Requests;

/// <summary>Who may send this request: people with any of the roles. Every request record carries this or <see cref="AllowAnyoneAttribute"/> (a test).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AllowAttribute(Role anyOf) : Attribute
{
    /// <summary>Everybody who is signed in.</summary>
    public const Role SignedIn = Role.Reader | Role.Observer | Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator;

    public Role AnyOf => anyOf;
}

/// <summary>Open to people who are not signed in: signing in and health.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AllowAnyoneAttribute : Attribute;

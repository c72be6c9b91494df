namespace GameDay.Domain.People;

/// <summary>What a person may do; checked in every request handler.</summary>
[Flags]
public enum Role { None = 0, Reader = 1, Observer = 2, Responder = 4, Approver = 8, Facilitator = 16, Administrator = 32 }

public sealed class Person
{
    private Person() { }

    public Person(Guid id, string userName, string name, Role roles, bool isDemo)
    {
        Id = id;
        UserName = userName;
        Name = name;
        Roles = roles;
        IsDemo = isDemo;
    }

    public Guid Id { get; private set; }
    public string UserName { get; private set; } = "";
    public string Name { get; private set; } = "";
    public Role Roles { get; private set; }
    /// <summary>Demo people vanish as soon as a real cluster is configured.</summary>
    public bool IsDemo { get; private set; }
    public string? PasswordHash { get; private set; }

    public void SetPassword(string hash) => PasswordHash = hash;
}

/// <summary>Who acts: the signed-in person, the command line or GameDay itself.</summary>
public sealed record Actor(Guid? PersonId, string Name, Role Roles)
{
    public static readonly Actor Engine = new(null, "GameDay", Role.None);

    public string Shown => Roles == Role.None ? Name : $"{Name}, {MainRole.ToString().ToLowerInvariant()}";

    // Administering is what somebody may do, not the part they play.
    private Role MainRole => Enum.GetValues<Role>().Where(r => r != Role.None && r != Role.Administrator && Roles.HasFlag(r)).DefaultIfEmpty(Roles == Role.Administrator ? Role.Administrator : Role.Reader).Max();
}

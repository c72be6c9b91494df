using GameDay.Domain.People;

namespace GameDay.Web.Security;

/// <summary>Who can be tried out with the sandbox. Ids are fixed, so that a restart finds the same people.</summary>
public static class DemoPeople
{
    public static readonly IReadOnlyList<Person> All =
    [
        Demo(1, "marta", "Marta Okafor", Role.Facilitator),
        Demo(2, "wei", "Wei Zhang", Role.Facilitator | Role.Approver),
        Demo(3, "grace", "Grace Mbeki", Role.Approver),
        Demo(4, "hanna", "Hanna Vogel", Role.Observer),
        Demo(5, "priya", "Priya Nair", Role.Responder),
        Demo(6, "elena", "Elena Duarte", Role.Reader),
    ];

    private static Person Demo(int n, string userName, string name, Role roles) =>
        new(Guid.Parse($"00000000-0000-7000-8000-00000000000{n}"), userName, name, roles, isDemo: true);
}

using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using GameDay.Web.Features.Exercises.Plan;
using GameDay.Web.Features.Halt;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using GameDay.Web.Security;

namespace GameDay.Web.Features.Settings;

public sealed partial class SettingsPage
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Where(r => r != Role.None)];
    private static readonly (string Name, Func<Policy, string> Word)[] PolicyRows =
    [
        ("Notice before the start", p => Time(p.Notice)), ("Steady before a fault", p => Time(p.SteadyFor)), ("Steady after it", p => Time(p.RecoveredFor)),
        ("Steady before all clear", p => Time(p.AllClearFor)), ("People with a hand in it", p => $"{p.MinPeople}"), ("Largest share of a workload", p => $"{p.MaxPercent} %"),
        ("Longest fault", p => Time(p.LongestFault)), ("May run unattended", p => p.Unattended ? "yes" : "no, needs a stored approval"), ("Never touched", p => string.Join(", ", p.ProtectedNamespaces)),
    ];

    private ListPeople.Answer? _people;
    private GetHalt.Answer? _halt;
    private IReadOnlyList<AuditEntry>? _audit;
    private string _name = "", _userName = "", _password = "";
    private Role _roles = Role.Observer;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _people = await TrySend(new ListPeople.Query());
        _halt = await TrySend(new GetHalt.Query());
        var mine = (await Authentication).User.ToActor()?.Roles ?? Role.None;
        if ((mine & (Role.Facilitator | Role.Administrator)) != Role.None) _audit = await TrySend(new ListAudit.Query());
    }

    private async Task AddAsync()
    {
        if (!await TryAsync(() => Sender.Send(new AddPerson.Command(_userName, _name, _roles, _password)))) return;
        (_name, _userName, _password) = ("", "", "");
        _people = await TrySend(new ListPeople.Query());
    }

    private static string Time(TimeSpan time) => time == TimeSpan.Zero ? "none" : PlanWords.Time(time);
}

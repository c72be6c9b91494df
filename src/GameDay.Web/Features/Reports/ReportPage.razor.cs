using GameDay.Domain.People;
using GameDay.Web.Features.Findings;
using GameDay.Web.Reports;
using GameDay.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GameDay.Web.Features.Reports;

/// <summary>The report as a page: the same document that the downloads carry.</summary>
public sealed partial class ReportPage
{
    private ReportDocument? _report;
    private IReadOnlyList<FindingRow> _findings = [];
    private Actor? _me;

    [Parameter] public Guid Id { get; set; }
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = null!;

    private bool IsFacilitator => _me is { } me && (me.Roles & (Role.Facilitator | Role.Administrator)) != Role.None;

    protected override async Task OnInitializedAsync()
    {
        _me = (await Authentication.GetAuthenticationStateAsync()).User.ToActor();
        await ReadAsync();
    }

    private async Task PublishAsync()
    {
        if (await TryAsync(() => Sender.Send(new PublishReport.Command(Id)))) await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _report = await TrySend(new ShowReport.Query(Id));
        if (_report is not null) _findings = await TrySend(new ListFindings.Query(Id)) ?? [];
    }

    private string When(ReportDocument r) => r.Exercise.StartedAt is not { } started ? "not started"
        : r.Exercise.EndedAt is { } ended ? $"{Viewer.DateAndTime(started)}–{Viewer.Clock(ended)}" : $"{Viewer.DateAndTime(started)}, not over yet";
}

using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Features.Notes;
using GameDay.Web.Features.Runs;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Findings;

/// <summary>Findings of one exercise, and the place where notes become one.</summary>
public sealed partial class ExerciseFindingsPage
{
    private readonly HashSet<long> _chosen = [];
    private IReadOnlyList<FindingRow> _findings = [];
    private IReadOnlyList<EntryRow> _entries = [];
    private string? _title;
    private string _name = "", _statement = "";
    private FindingKind _kind = FindingKind.Weakness;
    private Severity? _severity;
    private Likelihood? _likelihood;
    private bool _everything;

    [Parameter] public Guid Id { get; set; }
    /// <summary>Sequence numbers selected elsewhere, e.g. <c>?notes=12,15</c>.</summary>
    [SupplyParameterFromQuery(Name = "notes")] public string? Notes { get; set; }
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        foreach (var seq in (Notes ?? "").Split(',').Select(n => long.TryParse(n, out var s) ? s : 0).Where(s => s > 0)) _chosen.Add(seq);
        _title = (await TrySend(new ShowBoard.Query(Id)))?.Title;
        _entries = await TrySend(new ShowTimeline.Query(Id, 0, int.MaxValue)) ?? [];
        _findings = await TrySend(new ListFindings.Query(Id)) ?? [];
        _everything = !_entries.Any(e => TimelineEntry.IsNoteKind(e.Kind));
    }

    private void Choose(long seq, ChangeEventArgs change)
    {
        if (change.Value is true) _chosen.Add(seq);
        else _chosen.Remove(seq);
    }

    private async Task MakeAsync()
    {
        var made = await TrySend(new MakeFinding.Command(Id, _kind, _name, _statement, [.. _chosen], _severity, _likelihood));
        if (made is not null) Navigation.NavigateTo($"/findings/{made.Id}");
    }
}

using GameDay.Domain.Findings;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Findings;

/// <summary>All findings: matrix, age, list.</summary>
public sealed partial class FindingsPage
{
    private IReadOnlyList<FindingRow>? _all;
    private string _text = "", _state = "", _exercise = "";

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private List<FindingRow> Open => [.. _all!.Where(f => f.Kind == FindingKind.Weakness && f.Severity is not null)];

    private List<FindingRow> Shown => [.. _all!.Where(f =>
        (_text.Length == 0 || $"{f.Name} {f.Title} {f.Statement} {f.IssueKey}".Contains(_text, StringComparison.OrdinalIgnoreCase))
        && (_state.Length == 0 || FindingWords.StateOf(f).Word == _state) && (_exercise.Length == 0 || f.Exercise == _exercise))];

    private string Facts => _all is null ? "" :
        $"{_all.Count(f => f.Kind == FindingKind.Weakness)} weaknesses · {_all.Count(f => f.Kind == FindingKind.Strength)} strengths · {_all.Count(f => f is { Kind: FindingKind.Weakness, Priority: null })} not ranked · {_all.Count(f => f.Filing == FilingState.Filed)} filed";

    protected override async Task OnInitializedAsync() => _all = await TrySend(new ListFindings.Query());
}

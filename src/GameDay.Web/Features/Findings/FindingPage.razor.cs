using GameDay.Domain.Findings;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Features.Notes;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Findings;

/// <summary>One finding: what it says, what it rests on, its rank and its ticket. Follows the ticket while it is on its way.</summary>
public sealed partial class FindingPage
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _gone = new();
    private FindingRow? _finding;
    private IReadOnlyList<EntryRow> _evidence = [];
    private IReadOnlyList<string> _trackers = [];
    private Severity? _severity;
    private Likelihood? _likelihood;
    private string? _tracker;

    [Parameter] public Guid Id { get; set; }
    [Inject] private TimeProvider Clock { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (!await ReadAsync()) return;
        (_severity, _likelihood) = (_finding!.Severity, _finding.Likelihood);
        _trackers = await TrySend(new ListTrackers.Query()) ?? [];
        _tracker = _trackers.Count > 0 ? _trackers[0] : null;
        var entries = await TrySend(new ShowTimeline.Query(_finding.ExerciseId, 0, int.MaxValue)) ?? [];
        _evidence = [.. entries.Where(e => _finding.Evidence.Contains(e.Seq))];
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Every, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
                if (_finding?.Filing == FilingState.Queued) await InvokeAsync(async () => { await ReadAsync(); StateHasChanged(); });
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private Task<bool> ReadAsync() => TryAsync(async () => _finding = (await Sender.Send(new ListFindings.Query())).FirstOrDefault(f => f.Id == Id)
        ?? throw new Domain.RuleBroken("NotFound", "There is no such finding. Go back to the list."));

    private async Task RankAsync()
    {
        if (_severity is not { } severity || _likelihood is not { } likelihood) { Problem = "Choose a severity and a likelihood, then save."; return; }
        if (await TryAsync(() => Sender.Send(new RankFinding.Command(Id, severity, likelihood)))) await ReadAsync();
    }

    private async Task FileAsync()
    {
        if (_tracker is { } tracker && await TryAsync(() => Sender.Send(new FileFinding.Command(Id, tracker)))) await ReadAsync();
    }
}

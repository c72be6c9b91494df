using GameDay.Domain.Exercises;
using GameDay.Web.Components.Parts;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>Every guard with what it read. A guard that cannot answer counts against.</summary>
public sealed partial class GoNoGo : IDisposable
{
    private static readonly TimeSpan AgesEvery = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<AskGuards.Answers> _answers = [];
    private DateTimeOffset? _readAt;
    private string? _problem;
    private string _reason = "";
    private bool _isAsking;

    [Parameter, EditorRequired] public GetExercise.Answer Exercise { get; set; } = null!;
    [Parameter, EditorRequired] public Func<IRequest<Unit>, Task<bool>> Act { get; set; } = null!;
    [Parameter] public bool IsBusy { get; set; }
    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private int Yes => Rows.Count(r => !r.Blocks);

    private int Against => Rows.Count - Yes;

    private IReadOnlyList<EvidenceList.Row> Rows { get; set; } = [];

    private string WhyNot => Exercise.State switch
    {
        ExerciseState.InReview => "Opens once the plan is approved and the briefing is open.",
        ExerciseState.Approved => "Opens with the briefing.",
        _ when Against > 0 => "Checks that do not answer yes block the start.",
        _ => "A facilitator says go.",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await AskAsync();
        StateHasChanged();
        _ = GrowOldAsync();
    }

    protected override void OnParametersSet() => Rows = Collect();

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>What was read a while ago says so without being asked.</summary>
    private async Task GrowOldAsync()
    {
        using var timer = new PeriodicTimer(AgesEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                Rows = Collect();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task AskAsync()
    {
        _isAsking = true;
        try
        {
            _answers = await Sender.Send(new AskGuards.Query(Exercise.Id));
            (_readAt, _problem) = (Clock.GetUtcNow(), null);
        }
        catch (Exception e)
        {
            (_answers, _problem) = ([], Failures.InWords(e));
        }
        _isAsking = false;
        Rows = Collect();
    }

    private async Task GoAsync()
    {
        if (await Act(new StartExercise.Command(Exercise.Id))) Navigation.NavigateTo($"/exercises/{Exercise.Id}/board");
        else await AskAsync();
    }

    private IReadOnlyList<EvidenceList.Row> Collect()
    {
        var isApproved = Exercise.Approvals.Any(a => a.Approved && a.PlanHash == Exercise.PlanHash);
        var approval = new EvidenceList.Row("Approval of this plan", isApproved ? "Yes" : "Missing", $"plan {Exercise.PlanHash}", isApproved ? "check" : "alert", isApproved ? "" : "attn");
        var many = _answers.Count > 1;
        return [approval, .. _answers.SelectMany((a, i) => a.Guards.Select(g => EvidenceList.Row.Of(g, Clock.GetUtcNow())).Select(r => many ? r with { Asked = $"{i + 1} · {r.Asked}" } : r))];
    }
}

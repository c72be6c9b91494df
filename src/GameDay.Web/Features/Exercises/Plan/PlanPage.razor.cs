using GameDay.Domain.Experiments;
using GameDay.Engine.Live;
using MediatR;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>The plan of one exercise: what, on what, how it ends, who approved, go or no-go. Follows the exercise without reload.</summary>
public sealed partial class PlanPage : IDisposable
{
    private GetExercise.Answer? _exercise;
    private ShowPlanChange.Answer? _change;
    private IReadOnlyList<ShowEvidence.Row> _evidence = [];
    private IDisposable? _heard;

    [Parameter] public Guid Id { get; set; }
    [Inject] private LiveFeed Feed { get; set; } = null!;

    private string FaultTime => PlanWords.Time(TimeSpan.FromTicks(_exercise!.Plan.Experiments.Sum(e => e.Duration.Ticks)));

    private string When => _exercise!.StartsAt is not { } start ? "no date yet"
        : $"{Viewer.DateAndTime(start)}{(_exercise.EndsAt is { } end ? $"–{Viewer.Clock(end)}" : "")} {Viewer.ZoneName}";

    public void Dispose() => _heard?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        await ReadAsync();
        _heard?.Dispose();
        _heard = RendererInfo.IsInteractive ? Feed.Subscribe(Id, seq => _ = InvokeAsync(RenewAsync)) : null;
    }

    // What happened between the prerendered page and now.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = RenewAsync();
    }

    /// <summary>Every button of the page ends here: send, then read again. A refusal is shown above, nothing else changes.</summary>
    private async Task<bool> ActAsync(IRequest<Unit> request)
    {
        var done = await TryAsync(() => Sender.Send(request));
        if (done) await ReadAsync();
        StateHasChanged();
        return done;
    }

    private async Task ReadAsync()
    {
        if (await TrySend(new GetExercise.Query(Id)) is not { } exercise) return;
        _exercise = exercise;
        _change = await Sender.Send(new ShowPlanChange.Query(Id));
        if (exercise.Runs.Count > 0) _evidence = await Sender.Send(new ShowEvidence.Query(Id));
    }

    private async Task RenewAsync()
    {
        var problem = Problem;
        await ReadAsync();
        Problem ??= problem;
        StateHasChanged();
    }
}

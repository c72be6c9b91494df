using GameDay.Domain.Exercises;
using GameDay.Web.Components.Parts;
using MediatR;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>Who approved which plan, what changed since, and the two answers an approver has.</summary>
public sealed partial class ApprovalsCard
{
    private string _comment = "";

    [Parameter, EditorRequired] public GetExercise.Answer Exercise { get; set; } = null!;
    [Parameter] public ShowPlanChange.Answer? Change { get; set; }
    [Parameter, EditorRequired] public Func<IRequest<Unit>, Task<bool>> Act { get; set; } = null!;
    [Parameter] public bool IsBusy { get; set; }
    [CascadingParameter] private Viewer Viewer { get; set; } = Viewer.Utc;

    private bool MayDecide => Exercise.MayApprove && !Exercise.IsMine;

    private async Task DecideAsync(IRequest<Unit> decision)
    {
        if (await Act(decision)) _comment = "";
    }
}

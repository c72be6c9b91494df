using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>One experiment with the pods it means right now, compared with those the approvers saw.</summary>
public sealed partial class ExperimentCard
{
    private PreviewTargets.Answer? _preview;

    [Parameter, EditorRequired] public ExperimentPlan Experiment { get; set; } = null!;
    [Parameter, EditorRequired] public int Number { get; set; }
    [Parameter, EditorRequired] public string Cluster { get; set; } = "";
    [Parameter] public ApprovedTargets? Approved { get; set; }
    [Parameter] public GetExercise.RunRow? Run { get; set; }
    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;

    private string Anchor => $"e{Number}";

    private IEnumerable<string> Expected => new[]
    {
        Experiment.Expect.Impact,
        Experiment.Expect.Response,
        Experiment.Expect.NoticedBy is { } who ? $"noticed by {who}{(Experiment.Expect.DetectWithin is { } within ? $" within {PlanWords.Time(within)}" : "")}" : null,
    }.OfType<string>().DefaultIfEmpty("Nothing is written yet.");

    private string Same => $"{_preview!.Pods.Count} of {_preview.Matching} pods{(Approved is null ? "" : ", as the reviewers saw")}";

    /// <summary>Pods come and go; other workloads or more pods than approved are a difference that refuses the start.</summary>
    private string? Differs
    {
        get
        {
            if (Approved is null || _preview is null) return null;
            var foreign = _preview.Pods.Select(p => p.Owner ?? p.Name).Except(Approved.Workloads, StringComparer.Ordinal).ToList();
            if (foreign.Count > 0) return $"not what was approved: {string.Join(", ", foreign)}";
            return _preview.Pods.Count > Approved.Pods.Count ? $"{_preview.Pods.Count} pods now, {Approved.Pods.Count} approved" : null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _preview = await Sender.Send(new PreviewTargets.Query(Cluster, Experiment.Targets));
        }
        catch (Exception e)
        {
            _preview = new PreviewTargets.Answer(0, [], Failures.InWords(e));
        }
        StateHasChanged();
    }

    private string UnitOf(AbortCondition condition) => Experiment.Probes.FirstOrDefault(p => p.Name == condition.Probe)?.Unit is { Length: > 0 } unit ? $" {unit}" : "";
}

using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
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
    [Inject] private IReadOnlyList<FaultKind> Kinds { get; set; } = [];
    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;

    private string Anchor => $"e{Number}";

    private IEnumerable<string> Expected => new[]
    {
        Experiment.Expect.Impact,
        Experiment.Expect.Response,
        Experiment.Expect.NoticedBy is { } who ? $"noticed by {who}{(Experiment.Expect.DetectWithin is { } within ? $" within {PlanWords.Time(within)}" : "")}" : null,
    }.OfType<string>().DefaultIfEmpty("Nothing is written yet.");

    private FaultKind? Kind => Kinds.FirstOrDefault(k => k.Id == Experiment.Fault.Kind);

    private TargetKind Touches => Kind?.Touches(Experiment.Fault.Settings) ?? TargetKind.Pod;

    /// <summary>Pods come and go; what else differs from what was approved refuses the start.</summary>
    private (bool Passed, string Words) Compared => Approved is null
        ? (true, $"{_preview!.Targets.Count} of {_preview.Matching} {TargetWords.Noun(Touches)}s")
        : TargetsAsApproved.Compare(Touches, _preview!.Targets, Approved);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _preview = await Sender.Send(new PreviewTargets.Query(Cluster, Experiment.Targets, Touches, Approved?.Seed ?? 1));
        }
        catch (Exception e)
        {
            _preview = new PreviewTargets.Answer(0, [], Failures.InWords(e));
        }
        StateHasChanged();
    }

    private static string Short(string uid) => uid.Length > 8 ? uid[..8] : uid;

    private string UnitOf(AbortCondition condition) => Experiment.Probes.FirstOrDefault(p => p.Name == condition.Probe)?.Unit is { Length: > 0 } unit ? $" {unit}" : "";
}

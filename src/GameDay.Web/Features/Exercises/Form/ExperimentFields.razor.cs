using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Web.Requests;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>The fields of one experiment; the pods it would touch are shown as soon as the selector is one.</summary>
public sealed partial class ExperimentFields
{
    private PreviewTargets.Answer? _preview;
    private bool _isLooking;

    [Parameter, EditorRequired] public ExperimentForm Form { get; set; } = null!;
    [Parameter, EditorRequired] public int Number { get; set; }
    [Parameter, EditorRequired] public string Cluster { get; set; } = "";
    [Parameter] public FormProblems Problems { get; set; } = FormProblems.None;
    [Parameter] public EventCallback Remove { get; set; }
    [Inject] private IReadOnlyList<FaultKind> Kinds { get; set; } = [];
    [Inject] private Sender Sender { get; set; } = null!;
    [Inject] private Failures Failures { get; set; } = null!;

    private string Path => $"experiments[{Number - 1}]";

    private FaultKind? Kind => Kinds.FirstOrDefault(k => k.Id == Form.Kind);

    private TargetKind Touches => Kind?.Touches(Form.Given) ?? TargetKind.Pod;

    private string Noun => TargetWords.Noun(Touches);

    private IReadOnlyList<(string, string)> Chooses => [("One", $"one {Noun}, drawn"), ("Count", $"so many {Noun}s"), ("Percent", "so many percent"), ("All", "all of them")];

    private IReadOnlyList<(string, string)> KindOptions => [.. Kinds.Select(k => (k.Id, k.Title))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await LookAsync();
        StateHasChanged();
    }

    private string? At(string field) => Problems.At($"{Path}.{field}");

    private string Setting(FaultSetting setting) => Form.Settings.GetValueOrDefault(setting.Name, setting.Allowed is { Count: > 0 } ? setting.Default ?? "" : "");

    private static IReadOnlyList<(string, string)>? OptionsOf(FaultSetting setting) => setting.Allowed is { Count: > 0 } allowed ? [.. allowed.Select(a => (a, a))] : null;

    private async Task ChooseKindAsync(string kind)
    {
        Form.Kind = kind;
        // A zone is lost with all its nodes, or it is not lost.
        if (Kind is { NeedsZone: true }) Form.Choose = Choice.All;
        var known = Kind?.Settings.Select(s => s.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var foreign in Form.Settings.Keys.Where(k => !known.Contains(k)).ToList()) Form.Settings.Remove(foreign);
        await LookAsync();
    }

    /// <summary>A setting may decide what is touched.</summary>
    private Task ChangeAsync(FaultSetting setting, string value) => RetargetAsync(() => Form.Settings[setting.Name] = value);

    private void AddAbort() => Form.AbortWhen.Add(new AbortForm { Probe = Form.Probes.FirstOrDefault()?.Name ?? "" });

    private async Task RetargetAsync(Action change)
    {
        change();
        await LookAsync();
    }

    private async Task LookAsync()
    {
        if (Form.Targets is not { } targets) { _preview = null; return; }
        _isLooking = true;
        try
        {
            _preview = await Sender.Send(new PreviewTargets.Query(Cluster, targets, Touches));
        }
        catch (Exception e)
        {
            _preview = new PreviewTargets.Answer(0, [], Failures.InWords(e));
        }
        _isLooking = false;
    }
}

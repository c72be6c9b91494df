using GameDay.Domain.Experiments;
using GameDay.Web.Components.Charts;
using GameDay.Web.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Runs;

/// <summary>One probe: its question, the newest reading, the chart against its tolerance, the room left before the abort limit.</summary>
public sealed partial class ProbeCard
{
    private StateLook _chip = new("No reading yet", "dashed", "open");
    private ProbeSeries? _drawn;
    private bool _changed = true;

    [Parameter, EditorRequired] public ProbeSpec Probe { get; set; } = null!;
    [Parameter, EditorRequired] public ProbeSeries Series { get; set; } = null!;

    private string Measure => Probe switch
    {
        { Http: { Measure: HttpMeasure.Success } h } => $"{Probe.Name}: expected answers, last {h.Window.TotalSeconds:0.#} s",
        { Http.Measure: HttpMeasure.Value } => $"{Probe.Name}: the number answered",
        { Http: { } h } => $"{Probe.Name}: 95th percentile, last {h.Window.TotalSeconds:0.#} s",
        { Kubernetes: { } k } => $"{Probe.Name}: ready pods of {k.Deployment}",
        _ => $"{Probe.Name}: PromQL",
    };

    protected override void OnParametersSet()
    {
        _changed = !ReferenceEquals(_drawn, Series);
        _drawn = Series;
        _chip = Series.Points switch
        {
            [] => new("No reading yet", "dashed", "open"),
            [.., { Value: null }] => new("No data", "alert", "attn"),
            [.., { InTolerance: true }] => new("In tolerance", "check"),
            _ => new("Out of tolerance", "alert", "attn"),
        };
    }

    protected override bool ShouldRender() => _changed;
}

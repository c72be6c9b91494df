using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Form;

public sealed partial class ProbeFields
{
    private static readonly (string, string)[] Sources =
    [
        (nameof(ProbeSource.HttpSuccess), "HTTP: share of good answers"), (nameof(ProbeSource.HttpLatency), "HTTP: 95th percentile time"), (nameof(ProbeSource.HttpValue), "HTTP: the number answered"),
        (nameof(ProbeSource.ReadyPods), "Kubernetes: ready pods"), (nameof(ProbeSource.ReadyPercent), "Kubernetes: ready share"), (nameof(ProbeSource.Promql), "Prometheus query"),
    ];

    [Parameter, EditorRequired] public ProbeForm Form { get; set; } = null!;
    [Parameter, EditorRequired] public string Path { get; set; } = "";
    [Parameter] public FormProblems Problems { get; set; } = FormProblems.None;
    [Parameter] public EventCallback Remove { get; set; }

    private string? At(string field) => Problems.At($"{Path}.{field}");

    private void Choose(string source)
    {
        Form.Source = Enum.Parse<ProbeSource>(source);
        Form.Unit = Form.Source switch { ProbeSource.HttpSuccess or ProbeSource.ReadyPercent => "%", ProbeSource.HttpLatency => "ms", ProbeSource.ReadyPods => "pods", _ => Form.Unit };
    }
}

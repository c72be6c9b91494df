using System.Globalization;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Exercises.Form;

public enum ProbeSource { HttpSuccess, HttpLatency, HttpValue, ReadyPods, ReadyPercent, Promql }

/// <summary>One probe as fields hold it.</summary>
public sealed class ProbeForm
{
    public string Name { get; set; } = "";
    public string Question { get; set; } = "";
    public string Unit { get; set; } = "%";
    public string Every { get; set; } = "1s";
    public string Min { get; set; } = "";
    public string Max { get; set; } = "";
    public ProbeSource Source { get; set; }
    /// <summary>A service of the cluster, or an address that begins with http.</summary>
    public string Address { get; set; } = "";
    public string Path { get; set; } = "/";
    public string ExpectStatus { get; set; } = "200";
    public string Requests { get; set; } = "3";
    public string Timeout { get; set; } = "2s";
    public string Window { get; set; } = "5s";
    public string Namespace { get; set; } = "shop";
    public string Deployment { get; set; } = "";
    public string Query { get; set; } = "";

    public bool IsHttp => Source is ProbeSource.HttpSuccess or ProbeSource.HttpLatency or ProbeSource.HttpValue;

    public bool IsWorkload => Source is ProbeSource.ReadyPods or ProbeSource.ReadyPercent;

    public static ProbeForm Of(ProbeSpec probe)
    {
        var form = new ProbeForm
        {
            Name = probe.Name, Question = probe.Question, Unit = probe.Unit, Every = DurationText.Write(probe.Every),
            Min = Number(probe.Tolerance.Min), Max = Number(probe.Tolerance.Max),
        };
        form.Read(probe);
        return form;
    }

    public static string Number(double? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    private void Read(ProbeSpec probe)
    {
        if (probe.Http is { } http)
        {
            Source = http.Measure switch { HttpMeasure.Success => ProbeSource.HttpSuccess, HttpMeasure.Latency => ProbeSource.HttpLatency, _ => ProbeSource.HttpValue };
            (Address, Path, ExpectStatus) = (http.Service ?? http.Url ?? "", http.Path, http.ExpectStatus.ToString(CultureInfo.InvariantCulture));
            (Requests, Timeout, Window) = (http.Requests.ToString(CultureInfo.InvariantCulture), DurationText.Write(http.Timeout), DurationText.Write(http.Window));
        }
        else if (probe.Kubernetes is { } workload)
        {
            Source = workload.Measure == KubernetesMeasure.ReadyPods ? ProbeSource.ReadyPods : ProbeSource.ReadyPercent;
            (Namespace, Deployment) = (workload.Namespace, workload.Deployment);
        }
        else
        {
            (Source, Query) = (ProbeSource.Promql, probe.Promql?.Query ?? "");
        }
    }
}

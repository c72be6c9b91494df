using System.Globalization;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>One experiment as fields hold it.</summary>
public sealed class ExperimentForm
{
    public string Key { get; set; } = "";
    public string Title { get; set; } = "";
    public string Hypothesis { get; set; } = "";
    public string Kind { get; set; } = "pod-kill";
    public Dictionary<string, string> Settings { get; init; } = new(StringComparer.Ordinal);
    /// <summary>Without those left empty, which mean the kind's default.</summary>
    public IReadOnlyDictionary<string, string> Given => Settings.Where(s => s.Value.Trim().Length > 0).ToDictionary(s => s.Key, s => s.Value.Trim(), StringComparer.Ordinal);
    public string Namespace { get; set; } = "";
    public string Selector { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Zone { get; set; } = "";
    public string Node { get; set; } = "";
    public Choice Choose { get; set; } = Choice.One;
    public string Amount { get; set; } = "1";
    public string Duration { get; set; } = "1m";
    public string RecoverWithin { get; set; } = "30s";
    public List<ProbeForm> Probes { get; init; } = [];
    public List<AbortForm> AbortWhen { get; init; } = [];
    public string Impact { get; set; } = "";
    public string Response { get; set; } = "";
    public string NoticedBy { get; set; } = "";
    public string DetectWithin { get; set; } = "";
    /// <summary>Comma between them.</summary>
    public string Alerts { get; set; } = "";

    public static ExperimentForm Empty() => new() { Namespace = "shop", Probes = { new ProbeForm() }, AbortWhen = { new AbortForm() } };

    public static ExperimentForm Of(ExperimentPlan plan) => new()
    {
        Key = plan.Key,
        Title = plan.Title,
        Hypothesis = plan.Hypothesis,
        Kind = plan.Fault.Kind,
        Settings = new Dictionary<string, string>(plan.Fault.Settings, StringComparer.Ordinal),
        Namespace = plan.Targets.Namespace,
        Selector = plan.Targets.Selector,
        Owner = plan.Targets.Owner ?? "",
        Zone = plan.Targets.Zone ?? "",
        Node = plan.Targets.Node ?? "",
        Choose = plan.Targets.Choose,
        Amount = plan.Targets.Amount.ToString(CultureInfo.InvariantCulture),
        Duration = DurationText.Write(plan.Duration),
        RecoverWithin = DurationText.Write(plan.RecoverWithin),
        Probes = [.. plan.Probes.Select(ProbeForm.Of)],
        AbortWhen = [.. plan.AbortWhen.Select(AbortForm.Of)],
        Impact = plan.Expect.Impact ?? "",
        Response = plan.Expect.Response ?? "",
        NoticedBy = plan.Expect.NoticedBy ?? "",
        DetectWithin = plan.Expect.DetectWithin is { } within ? DurationText.Write(within) : "",
        Alerts = string.Join(", ", plan.Expect.Alerts),
    };

    /// <summary>Null while the fields do not name a set of targets yet.</summary>
    public TargetSpec? Targets => Namespace.Trim().Length == 0 || !Narrows ? null
        : new TargetSpec(Namespace.Trim(), Selector.Trim(), Choose, int.TryParse(Amount, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount : 1)
        {
            Owner = Text(Owner), Zone = Text(Zone), Node = Text(Node),
        };

    private bool Narrows => Selector.Trim().Length > 0 ? SelectorText.IsValid(Selector.Trim()) : Text(Owner) is not null || Text(Zone) is not null || Text(Node) is not null;

    private static string? Text(string field) => field.Trim() is { Length: > 0 } text ? text : null;
}

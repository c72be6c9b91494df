using System.Text.RegularExpressions;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>Parts of a plan in a person's words.</summary>
public static partial class PlanWords
{
    public static string Choose(TargetSpec targets) => targets.Choose switch
    {
        Choice.One => "one of them",
        Choice.Count => $"{targets.Amount} of them",
        Choice.Percent => $"{targets.Amount} % of them",
        _ => "all of them",
    };

    public static string Magnitude(FaultSpec fault) => fault.Kind switch
    {
        "network-latency" => $"+{Spaced(fault.Settings.GetValueOrDefault("delay", "?"))}",
        "network-partition" => "All traffic",
        "pod-kill" => "Pod deleted",
        _ => fault.Settings.Values.FirstOrDefault() ?? fault.Kind,
    };

    /// <summary>As files write it, with a space between number and unit: <c>10 s</c>, <c>1 m 30 s</c>.</summary>
    public static string Time(TimeSpan time) => Spaced(DurationText.Write(time));

    private static string Spaced(string duration) => Unit().Replace(duration, "\u00a0${unit} ").Trim();

    [GeneratedRegex("(?<=[0-9])(?<unit>ms|s|m|h)(?=[0-9]|\\z)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unit();

    public static string Tolerance(ProbeSpec probe)
    {
        var unit = probe.Unit.Length > 0 ? $"\u00a0{probe.Unit}" : "";
        return probe.Tolerance switch
        {
            { Min: { } min, Max: { } max } => $"{min} to {max}{unit}",
            { Min: { } min } => $"at least {min}{unit}",
            { Max: { } max } => $"at most {max}{unit}",
            _ => "",
        };
    }
}

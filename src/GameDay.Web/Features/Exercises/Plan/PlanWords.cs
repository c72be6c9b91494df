using System.Text.RegularExpressions;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Web.Features.Exercises.Plan;

/// <summary>Parts of a plan in a person's words.</summary>
public static partial class PlanWords
{
    /// <summary>What would have to be dead at once for the fault to stay.</summary>
    public static string StaysOnlyIf(FaultKind? kind, IReadOnlyDictionary<string, string> settings)
    {
        if (kind is null or { WhoCanUndo.Count: 0 }) return "Nobody is named who can undo it.";
        if (kind.Layer == "none") return "Nothing stays behind.";
        var ends = kind.WhoCanUndo.SelectMany(e => Ends(e, anotherWay: kind.LayerOf(settings) != kind.Layer)).ToList();
        return $"It stays only while {Together([.. ends.Where(e => !IsByHand(e))])}{(ends.Any(IsByHand) ? ", and nobody does it by hand" : "")}.{(kind.IsPodBound(settings) ? "" : Away)}";
    }

    /// <summary>"by agent: the agent itself, the kernel" counts only where the settings choose that other way.</summary>
    private static IEnumerable<string> Ends(string end, bool anotherWay) => end.Split(": ", 2) switch
    {
        [var way, var list] when !IsByHand(way) => anotherWay ? list.Split(", ") : [],
        _ => [end],
    };

    private static string Together(IReadOnlyList<string> ends) => ends switch
    {
        [] => "nobody acts",
        [var only] => $"{only} is dead",
        _ => $"{string.Join(", ", ends.Take(ends.Count - 1))} and {ends[^1]} are dead at once",
    };

    private static bool IsByHand(string end) => end.Contains("by hand", StringComparison.Ordinal) || end.StartsWith("replacing", StringComparison.Ordinal);

    // Objects of the API can be put back through it only.
    private const string Away = " With the API server away it ends within 30 s of its return.";

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

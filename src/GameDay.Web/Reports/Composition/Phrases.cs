using System.Globalization;
using System.Text;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Reports.Composition;

/// <summary>How the report says things; one place, so that all formats say the same.</summary>
internal static class Phrases
{
    public const string NoBreak = "\u00a0";

    public static string Targets(TargetSpec t) => $"{How(t)} {TargetWords.Of(t)}";

    public static string Source(ProbeSpec p) => p switch
    {
        { Http: { } h } => $"HTTP {h.Service ?? h.Url}{(h.Service is null ? "" : h.Path)}",
        { Kubernetes: { } k } => $"{(k.Measure == KubernetesMeasure.ReadyPods ? "ready pods" : "ready share")} of {k.Namespace}/{k.Deployment}",
        { Promql: { } q } => $"PromQL {q.Query}",
        _ => "",
    };

    public static string Tolerance(Tolerance t, string unit) => t switch
    {
        ({ } min, { } max) => $"{Number(min)} to {Value(max, unit)}",
        ({ } min, null) => $"at least {Value(min, unit)}",
        (null, { } max) => $"at most {Value(max, unit)}",
        _ => "none",
    };

    public static string Value(double value, string unit) => unit.Length == 0 ? Number(value) : $"{Number(value)}{NoBreak}{unit}";

    public static string Number(double value) => Math.Abs(value) >= 100 ? value.ToString("#,0.#", CultureInfo.InvariantCulture) : value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>From milliseconds to hours, as precise as anybody reads it.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "−" + Span(span.Negate()),
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds:0}{NoBreak}ms",
        { TotalSeconds: < 120 } => $"{span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)}{NoBreak}s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes}:{span.Seconds:00}{NoBreak}min",
        _ => $"{(int)span.TotalHours}:{span.Minutes:00}{NoBreak}h",
    };

    public static string Span(double seconds) => Span(TimeSpan.FromSeconds(seconds));

    public static string Clock(DateTimeOffset? at) => at is { } moment ? moment.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "not recorded";

    /// <summary>The clock on the exercise's own day, with the date on any other.</summary>
    public static string At(DateTimeOffset at, DateTimeOffset? start) =>
        start is null || start.Value.UtcDateTime.Date != at.UtcDateTime.Date ? at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture) : Clock(at);

    public static string Day(DateTimeOffset? at) => at is { } moment ? moment.UtcDateTime.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC" : "not recorded";

    public static string Window(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        (null, _) => "not started",
        (_, null) => $"{Day(from)}, not ended",
        ({ } start, { } end) when end - start < TimeSpan.FromMinutes(10) => $"{start.UtcDateTime.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}, {Clock(from)}–{Clock(to)} UTC",
        ({ } start, { } end) when start.UtcDateTime.Date == end.UtcDateTime.Date => $"{Day(start)[..^4]}–{end.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC",
        _ => $"{Day(from)} to {Day(to)}",
    };

    /// <summary>An enumeration's name as words: <c>WithoutEffect</c> → without effect.</summary>
    public static string Words<T>(T value) where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append(' ');
            text.Append(text.Length == 0 ? c : char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    public static string Count(int count, string one, string many) => $"{count}{NoBreak}{(count == 1 ? one : many)}";

    /// <summary>On one line, at most so many characters.</summary>
    public static string Short(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= longest ? line : line[..(longest - 1)].TrimEnd() + "…";
    }

    private static string How(TargetSpec t) => t.Choose switch
    {
        Choice.One => "one of",
        Choice.All => "all of",
        Choice.Count => $"{t.Amount} of",
        _ => $"{t.Amount}{NoBreak}% of",
    };
}

using System.Globalization;
using GameDay.Domain.Experiments;

namespace GameDay.Domain.Plugins;

/// <param name="Setting">Name as written.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Allowed">What would be right.</param>
public sealed record SettingProblem(string Setting, string Message, string Allowed);

/// <summary>A fault's settings against its kind: one place for the file reader, the form and the engine.</summary>
public static class FaultSettings
{
    /// <summary>All problems at once; empty when the settings are fine.</summary>
    public static IReadOnlyList<SettingProblem> Check(FaultKind kind, IReadOnlyDictionary<string, string> settings) =>
    [
        .. settings.Keys.Where(name => kind.Settings.All(s => s.Name != name)).Select(name => new SettingProblem(name, $"{kind.Id} has no such setting", Names(kind))),
        .. kind.Settings.Where(s => s.Required && s.Default is null && !settings.ContainsKey(s.Name)).Select(s => new SettingProblem(s.Name, $"{kind.Id} needs this setting", Describe(s))),
        .. kind.Settings.Where(s => settings.TryGetValue(s.Name, out var value) && !Fits(s, value)).Select(s => new SettingProblem(s.Name, $"'{settings[s.Name]}' is not allowed", Describe(s))),
    ];

    /// <summary>What is given, with the kind's defaults for what is not.</summary>
    public static IReadOnlyDictionary<string, string> WithDefaults(FaultKind kind, IReadOnlyDictionary<string, string> settings)
    {
        var all = kind.Settings.Where(s => s.Default is not null).ToDictionary(s => s.Name, s => s.Default!, StringComparer.Ordinal);
        foreach (var (name, value) in settings) all[name] = value;
        return all;
    }

    /// <summary>What a value of this setting looks like, in words.</summary>
    public static string Describe(FaultSetting setting) => setting.Type switch
    {
        SettingType.Choice => string.Join(", ", setting.Allowed ?? []),
        SettingType.Duration => DurationText.Allowed + Bounds(setting, " s"),
        SettingType.Integer => "a whole number" + Bounds(setting, ""),
        SettingType.Selector => SelectorText.Allowed,
        _ => "text",
    };

    public static bool Fits(FaultSetting setting, string value) => setting.Type switch
    {
        SettingType.Choice => setting.Allowed?.Contains(value, StringComparer.Ordinal) ?? false,
        SettingType.Duration => DurationText.TryParse(value, out var span) && Within(setting, span.TotalSeconds),
        SettingType.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Within(setting, number),
        SettingType.Selector => SelectorText.IsValid(value),
        _ => value.Length > 0,
    };

    private static string Names(FaultKind kind) => kind.Settings.Count == 0 ? "no settings" : string.Join(", ", kind.Settings.Select(s => s.Name));

    private static bool Within(FaultSetting s, double value) => (s.Min is null || value >= s.Min) && (s.Max is null || value <= s.Max);

    private static string Bounds(FaultSetting s, string unit) => (s.Min, s.Max) switch
    {
        ({ } min, { } max) => $", {min}{unit} to {max}{unit}",
        ({ } min, null) => $", at least {min}{unit}",
        (null, { } max) => $", at most {max}{unit}",
        _ => "",
    };
}

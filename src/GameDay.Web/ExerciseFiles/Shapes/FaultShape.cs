using GameDay.Domain.Plugins;

namespace GameDay.Web.ExerciseFiles.Shapes;

/// <summary>The fault: its kind, then that kind's own settings as the kind declares them.</summary>
internal static class FaultShape
{
    public static Shape Of(IReadOnlyList<FaultKind> kinds) => new("fault", [KindField(kinds)])
    {
        Kinds = kinds.ToDictionary(k => k.Id, k => new Shape(k.Id, [KindField(kinds), .. k.Settings.Select(Setting)]), StringComparer.Ordinal),
    };

    private static Field KindField(IReadOnlyList<FaultKind> kinds) => new("kind", FieldType.Choice, string.Join(" ", kinds.Select(k => $"{k.Id}: {k.Summary.TrimEnd('.')}.")))
    {
        Required = true, Allowed = [.. kinds.Select(k => k.Id)],
    };

    private static Field Setting(FaultSetting setting) => new(setting.Name, TypeOf(setting.Type), setting.Help)
    {
        Required = setting.Required && setting.Default is null, Allowed = setting.Allowed ?? [], Min = setting.Type == SettingType.Text ? 1 : setting.Min, Max = setting.Max, Default = setting.Default,
    };

    private static FieldType TypeOf(SettingType type) => type switch
    {
        SettingType.Duration => FieldType.Duration,
        SettingType.Integer => FieldType.Whole,
        SettingType.Selector => FieldType.Selector,
        SettingType.Choice => FieldType.Choice,
        _ => FieldType.Text,
    };
}

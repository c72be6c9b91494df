using System.Globalization;
using System.Text.RegularExpressions;
using GameDay.Domain.Experiments;
using GameDay.Web.ExerciseFiles.Yaml;

namespace GameDay.Web.ExerciseFiles.Shapes;

/// <summary>One value against its field.</summary>
internal static partial class ValueCheck
{
    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(Field field, YamlScalar value)
    {
        if (value.IsNothing) return "it has no value; text that begins with # or another sign needs quotes";
        if (value.Value.Any(c => char.IsControl(c) && c is not '\n' and not '\t')) return "it holds control characters";
        return Fits(field, value) ? null : $"'{Shown.Short(value.Value)}' is not allowed";
    }

    private static bool Fits(Field field, YamlScalar value) => field.Type switch
    {
        FieldType.Duration => DurationText.TryParse(value.Value, out var span) && Within(field, span.TotalSeconds),
        FieldType.Number => Number(value) is { } number && Within(field, number),
        FieldType.Whole => Number(value) is { } number && number == Math.Floor(number) && Within(field, number),
        FieldType.Choice => field.Allowed.Contains(value.Value, StringComparer.Ordinal),
        FieldType.Flag => !value.Quoted && (value.Value is "true" or "false"),
        FieldType.Moment => Moment(value.Value) is not null,
        FieldType.Selector => SelectorText.IsValid(value.Value),
        _ => Within(field, value.Value.Length) && (field.Form is null || HasForm(field.Form.Value.Pattern, value.Value)),
    };

    /// <summary>As JSON writes numbers, and not in quotes: <c>"99"</c> is text.</summary>
    public static double? Number(YamlScalar value) =>
        !value.Quoted && JsonNumber().IsMatch(value.Value) && double.Parse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    /// <summary>Null without an offset: whose 10 o'clock it is would be a guess.</summary>
    public static DateTimeOffset? Moment(string text) =>
        WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    // $ also matches before a last line break; in the schema, which shares the pattern, it does not.
    private static bool HasForm(string pattern, string text) => !text.Contains('\n', StringComparison.Ordinal) && Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking);

    private static bool Within(Field field, double value) => (field.Min is null || value >= field.Min) && (field.Max is null || value <= field.Max);

    [GeneratedRegex(@"^-?\d+(\.\d+)?([eE][+-]?\d+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WithOffset();
}

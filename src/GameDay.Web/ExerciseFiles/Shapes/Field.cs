using GameDay.Domain.Experiments;

namespace GameDay.Web.ExerciseFiles.Shapes;

internal enum FieldType { Text, Duration, Number, Whole, Choice, Flag, Moment, Selector, Object, Objects, Texts }

/// <summary>One key of an exercise file. The reader and the published schema are both made from these, so they cannot differ.</summary>
/// <param name="Help">One or two sentences; editors show it.</param>
internal sealed record Field(string Name, FieldType Type, string Help)
{
    public bool Required { get; init; }
    /// <summary>Words of a Choice.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];
    /// <summary>Bounds: of the number, of the duration in seconds, of the length of a list or a text.</summary>
    public double? Min { get; init; }
    public double? Max { get; init; }
    /// <summary>Form of a Text as a regular expression, and in words.</summary>
    public (string Pattern, string Words)? Form { get; init; }
    /// <summary>Of an Object or of each of Objects.</summary>
    public Shape? Shape { get; init; }
    /// <summary>Shown in the schema; the domain's own default.</summary>
    public string? Default { get; init; }

    /// <summary>What a value looks like, in words.</summary>
    public string Describe() => Type switch
    {
        FieldType.Text => Form?.Words ?? $"text{Bounds(" characters")}",
        FieldType.Duration => DurationText.Allowed + Bounds(" s"),
        FieldType.Number => "a number" + Bounds(""),
        FieldType.Whole => "a whole number" + Bounds(""),
        FieldType.Choice => string.Join(", ", Allowed),
        FieldType.Flag => "true, false",
        FieldType.Moment => "a time with its offset, e.g. 2026-11-19T10:00:00Z",
        FieldType.Selector => SelectorText.Allowed,
        FieldType.Object => $"keys with values: {string.Join(", ", Shape!.Names)}",
        FieldType.Objects => $"a list, each with {string.Join(", ", Shape!.Names)}{Bounds(" entries")}",
        _ => "a list of words" + Bounds(" entries"),
    };

    private string Bounds(string unit) => (Min, Max) switch
    {
        ({ } min, { } max) => $", {min} to {max}{unit}",
        ({ } min, null) => $", at least {min}{unit}",
        (null, { } max) => $", at most {max}{unit}",
        _ => "",
    };
}

/// <summary>The keys of one object of the file.</summary>
internal sealed record Shape(string Name, IReadOnlyList<Field> Fields)
{
    /// <summary>Of these keys exactly one is given.</summary>
    public IReadOnlyList<string> ExactlyOne { get; init; } = [];
    public IReadOnlyList<string> AtLeastOne { get; init; } = [];
    public IReadOnlyList<string> AtMostOne { get; init; } = [];
    /// <summary>A <c>kind</c> decides which of these applies.</summary>
    public IReadOnlyDictionary<string, Shape> Kinds { get; init; } = new Dictionary<string, Shape>();

    public IEnumerable<string> Names => Fields.Select(f => f.Name);

    public Field? this[string name] => Fields.FirstOrDefault(f => f.Name == name);
}

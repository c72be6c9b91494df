using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace GameDay.Web.Manifests;

/// <summary>The functions our chart uses, as Helm has them; a name that is not here is refused.</summary>
internal static class TemplateFunctions
{
    public static object? Call(string name, object?[] given, string file) => (name, given) switch
    {
        ("quote", [var value]) => value is null ? "" : JsonSerializer.Serialize(Text(value)),
        ("default", [var otherwise, var value]) => IsTrue(value) ? value : otherwise,
        ("toYaml", [var value]) => YamlText.Write(value),
        ("nindent", [var by, var value]) => "\n" + Indent(by, value),
        ("indent", [var by, var value]) => Indent(by, value),
        ("printf", [string format, .. var values]) => Printf(format, values, file),
        ("eq", [var a, var b]) => Equals(Text(a), Text(b)),
        ("ne", [var a, var b]) => !Equals(Text(a), Text(b)),
        ("not", [var value]) => !IsTrue(value),
        ("and", [.. var values]) => values.FirstOrDefault(v => !IsTrue(v), values[^1]),
        ("or", [.. var values]) => values.FirstOrDefault(IsTrue, values[^1]),
        ("gt", [var a, var b]) => Number(a) > Number(b),
        ("int", [var value]) => Number(value),
        ("join", [string between, IEnumerable values]) => string.Join(between, values.Cast<object?>().Select(Text)),
        ("index", [IList values, var at]) => values[(int)Number(at)],
        ("len", [ICollection values]) => (long)values.Count,
        ("list", [.. var values]) => values.ToList(),
        ("required", [string message, var value]) => IsTrue(value) ? value : throw new TemplateException(message),
        _ => throw new TemplateException($"{file}: the function '{name}' with {given.Length} arguments is not understood"),
    };

    /// <summary>Empty is false, as in Go's templates.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or false or "" or 0L => false,
        ICollection { Count: 0 } => false,
        _ => true,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Indent(object? by, object? value)
    {
        var space = new string(' ', (int)Number(by));
        return string.Join('\n', Text(value).Split('\n').Select(line => space + line));
    }

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static string Printf(string format, IReadOnlyList<object?> values, string file)
    {
        var pieces = format.Split(["%s", "%d", "%v"], StringSplitOptions.None);
        if (pieces.Length != values.Count + 1 || format.Replace("%s", "", StringComparison.Ordinal).Replace("%d", "", StringComparison.Ordinal).Replace("%v", "", StringComparison.Ordinal).Contains('%', StringComparison.Ordinal))
            throw new TemplateException($"{file}: printf \"{format}\" does not fit its {values.Count} arguments");
        return string.Concat(pieces.Select((piece, i) => i == 0 ? piece : Text(values[i - 1]) + piece));
    }
}

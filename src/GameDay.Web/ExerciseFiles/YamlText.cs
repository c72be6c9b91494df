using System.Text;
using System.Text.RegularExpressions;

namespace GameDay.Web.ExerciseFiles;

/// <summary>Writes the little YAML that exercise files need: blocks for what is read line by line, braces for what fits on one.</summary>
internal sealed partial class YamlText
{
    private readonly StringBuilder _text = new();
    private string _indent = "";
    // The first key of a list's item stands behind its dash.
    private bool _afterDash;

    public override string ToString() => _text.ToString();

    public void Comment(string line) => _text.Append(line).Append('\n');

    public void Text(string key, string value) => Plain(key, Quote(value));

    public void Plain(string key, string value) => Start().Append(key).Append(": ").Append(value).Append('\n');

    public void Texts(string key, IReadOnlyList<string> values) => Plain(key, $"[{string.Join(", ", values.Select(Quote))}]");

    public void Inline(string key, IEnumerable<(string Key, string Value)> values) => Plain(key, Braces(values));

    public void InlineItem(IEnumerable<(string Key, string Value)> values) => Start().Append(Braces(values)).Append('\n');

    public void Map(string key, Action<YamlText> inside)
    {
        Start().Append(key).Append(":\n");
        Deeper(inside);
    }

    public void List<T>(string key, IReadOnlyList<T> items, Action<YamlText, T> item)
    {
        if (items.Count == 0) { Plain(key, "[]"); return; }
        Start().Append(key).Append(":\n");
        foreach (var each in items)
        {
            _text.Append(_indent).Append("  - ");
            _afterDash = true;
            Deeper(text => text.Deeper(inside => item(inside, each)));
        }
    }

    /// <summary>As it is where every reader takes it for this text, else in double quotes.</summary>
    public static string Quote(string value) =>
        Harmless().IsMatch(value) && !Reserved().IsMatch(value) ? value : $"\"{string.Concat(value.Select(Escaped))}\"";

    private static string Braces(IEnumerable<(string Key, string Value)> values) => $"{{ {string.Join(", ", values.Select(v => $"{v.Key}: {v.Value}"))} }}";

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\t' => "\\t",
        >= ' ' and <= '~' => c.ToString(),
        >= '\u00a0' and < '\u2028' or > '\u2029' and < '\ufeff' => c.ToString(),
        _ => $"\\u{(int)c:x4}",
    };

    private StringBuilder Start()
    {
        if (!_afterDash) _text.Append(_indent);
        _afterDash = false;
        return _text;
    }

    private void Deeper(Action<YamlText> inside)
    {
        _indent += "  ";
        inside(this);
        _indent = _indent[..^2];
    }

    [GeneratedRegex(@"^[A-Za-z/]([A-Za-z0-9 ._/=+?!%();'-]*[A-Za-z0-9._/=+?!%();'-])?\z|^[0-9]+(ms|s|m|h)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^(true|false|yes|no|on|off|null|y|n)\z", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reserved();
}

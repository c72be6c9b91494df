namespace GameDay.Web.Manifests;

/// <summary>The Helm chart on disk, rendered by ourselves where there is no Helm: the very same templates.</summary>
public sealed class Chart
{
    private readonly Dictionary<string, IReadOnlyList<Node>> _defined = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<Node>> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _values;
    private readonly Dictionary<string, object?> _about;

    /// <exception cref="TemplateException">A template uses what is not understood here.</exception>
    public Chart(string directory)
    {
        _values = YamlText.ReadMap(File.ReadAllText(Path.Combine(directory, "values.yaml")));
        _about = YamlText.ReadMap(File.ReadAllText(Path.Combine(directory, "Chart.yaml"))).ToDictionary(pair => char.ToUpperInvariant(pair.Key[0]) + pair.Key[1..], pair => pair.Value, StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Path.Combine(directory, "templates")).Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".tpl", StringComparison.Ordinal)))
        {
            var file = Path.GetFileName(path);
            _files[file] = new TemplateParser(file, _defined).Parse(File.ReadAllText(path));
        }
    }

    /// <summary>Its own values, which a caller may copy and change.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <param name="over">Values that replace the chart's, map by map.</param>
    /// <param name="only">Template files to render; null for all.</param>
    public string Render(string release, string @namespace, IReadOnlyDictionary<string, object?> over, IReadOnlyCollection<string>? only = null)
    {
        var root = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Values"] = Merge(_values, over),
            ["Chart"] = _about,
            ["Release"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = release, ["Namespace"] = @namespace, ["Service"] = "gameday" },
        };
        var rendered = _files.Where(f => f.Key.EndsWith(".yaml", StringComparison.Ordinal) && only?.Contains(f.Key) != false)
            .Select(f => (f.Key, Text: TemplateRun.Render(f.Value, _defined, root, f.Key).Trim()))
            .Where(f => f.Text.Length > 0);
        return string.Join('\n', rendered.Select(f => $"---\n# Source: gameday/templates/{f.Key}\n{f.Text.TrimStart('-').TrimStart()}")) + "\n";
    }

    private static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> below, IReadOnlyDictionary<string, object?> above)
    {
        var merged = new Dictionary<string, object?>(below, StringComparer.Ordinal);
        foreach (var (key, value) in above)
            merged[key] = value is IReadOnlyDictionary<string, object?> map && merged.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> under ? Merge(under, map) : value;
        return merged;
    }
}

namespace GameDay.Web.ExerciseFiles.Yaml;

/// <summary>A node that knows where it stands in the text.</summary>
/// <param name="Path">Keys and places from the top: <c>experiments[0].title</c>.</param>
internal abstract record YamlNode(int Line, int Column, string Path);

/// <param name="Quoted">In quotes or a block: then it is text, whatever it looks like.</param>
internal sealed record YamlScalar(int Line, int Column, string Path, string Value, bool Quoted) : YamlNode(Line, Column, Path)
{
    /// <summary>Nothing, <c>~</c> or <c>null</c> after the colon.</summary>
    public bool IsNothing => !Quoted && (Value is "" or "~" or "null");
}

internal sealed record YamlList(int Line, int Column, string Path, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column, Path);

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Keeps doubled keys, so that they can be reported with both places.</summary>
internal sealed record YamlMap(int Line, int Column, string Path, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line, Column, Path)
{
    public YamlNode? this[string key] => Entries.FirstOrDefault(e => e.Key.Value == key)?.Value;

    public string? Text(string key) => this[key] is YamlScalar { IsNothing: false } scalar ? scalar.Value : null;

    public YamlMap? Map(string key) => this[key] as YamlMap;

    public IEnumerable<YamlMap> Maps(string key) => (this[key] as YamlList)?.Items.OfType<YamlMap>() ?? [];

    public IEnumerable<string> Texts(string key) => (this[key] as YamlList)?.Items.OfType<YamlScalar>().Select(s => s.Value) ?? [];
}

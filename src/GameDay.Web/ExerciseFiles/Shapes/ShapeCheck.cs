using GameDay.Web.ExerciseFiles.Yaml;

namespace GameDay.Web.ExerciseFiles.Shapes;

/// <summary>Walks the whole file along its shape and notes everything that is off; it never stops at the first.</summary>
internal sealed class ShapeCheck(List<FileProblem> problems)
{
    public void Check(YamlMap map, Shape shape)
    {
        if (shape.Kinds.Count > 0 && map.Text("kind") is { } kind && shape.Kinds.TryGetValue(kind, out var ofKind)) shape = ofKind;
        else if (shape.Kinds.Count > 0) { KindOnly(map, shape); return; }
        Keys(map, shape);
        Groups(map, shape);
        foreach (var entry in map.Entries)
            if (shape[entry.Key.Value] is { } field) Value(field, entry.Value);
    }

    // Without a known kind nothing can be said about the other keys.
    private void KindOnly(YamlMap map, Shape shape)
    {
        var field = shape["kind"]!;
        if (map["kind"] is { } written) Value(field, written);
        else Missing(map, shape, field);
    }

    private void Keys(YamlMap map, Shape shape)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, _) in map.Entries)
        {
            if (!seen.Add(key.Value)) problems.Add(new(key.Line, key.Column, key.Path, $"the key is there twice, first on line {map.Entries.First(e => e.Key.Value == key.Value).Key.Line}", "each key once"));
            else if (shape[key.Value] is null) problems.Add(new(key.Line, key.Column, key.Path, "unknown key", string.Join(", ", shape.Names), Nearest.To(key.Value, shape.Names)));
        }
        foreach (var field in shape.Fields.Where(f => f.Required && map[f.Name] is null)) Missing(map, shape, field);
    }

    private void Missing(YamlMap map, Shape shape, Field field) =>
        problems.Add(new(map.Line, map.Column, Below(map, field.Name), $"{Article(shape.Name)} needs '{field.Name}'", field.Describe()));

    private void Groups(YamlMap map, Shape shape)
    {
        Group(map, shape.ExactlyOne, least: 1, most: 1, "exactly one");
        Group(map, shape.AtLeastOne, least: 1, most: int.MaxValue, "at least one");
        Group(map, shape.AtMostOne, least: 0, most: 1, "at most one");
    }

    private void Group(YamlMap map, IReadOnlyList<string> names, int least, int most, string words)
    {
        if (names.Count == 0) return;
        var given = map.Entries.Select(e => e.Key).Where(k => names.Contains(k.Value, StringComparer.Ordinal)).DistinctBy(k => k.Value).ToList();
        if (given.Count >= least && given.Count <= most) return;
        var (line, column) = given.Count > most ? (given[^1].Line, given[^1].Column) : (map.Line, map.Column);
        var what = given.Count == 0 ? $"none of {string.Join(", ", names)} is given" : $"{string.Join(" and ", given.Select(k => k.Value))} are given together";
        problems.Add(new(line, column, map.Path, what, $"{words} of {string.Join(", ", names)}"));
    }

    private void Value(Field field, YamlNode value)
    {
        switch (field.Type, value)
        {
            case (FieldType.Object, YamlMap map): Check(map, field.Shape!); break;
            case (FieldType.Objects, YamlList list): Length(field, list); foreach (var item in list.Items) Item(field, item); break;
            case (FieldType.Texts, YamlList list): Length(field, list); foreach (var item in list.Items) Word(field, item); break;
            case (FieldType.Object or FieldType.Objects or FieldType.Texts, _): Wrong(field, value, $"it is {Kind(value)}"); break;
            case (_, YamlScalar scalar) when ValueCheck.Problem(field, scalar) is { } problem: Wrong(field, scalar, problem); break;
            case (_, YamlScalar): break;
            default: Wrong(field, value, $"it is {Kind(value)}"); break;
        }
    }

    private void Item(Field field, YamlNode item)
    {
        if (item is YamlMap map) Check(map, field.Shape!);
        else problems.Add(new(item.Line, item.Column, item.Path, $"it is {Kind(item)}", $"keys with values: {string.Join(", ", field.Shape!.Names)}"));
    }

    private void Word(Field field, YamlNode item)
    {
        var word = new Field(field.Name, FieldType.Text, field.Help) { Min = 1, Max = 200 };
        if (item is not YamlScalar scalar) problems.Add(new(item.Line, item.Column, item.Path, $"it is {Kind(item)}", word.Describe()));
        else if (ValueCheck.Problem(word, scalar) is { } problem) problems.Add(new(item.Line, item.Column, item.Path, problem, word.Describe()));
    }

    private void Length(Field field, YamlList list)
    {
        if (list.Items.Count < (field.Min ?? 0) || list.Items.Count > (field.Max ?? int.MaxValue)) Wrong(field, list, $"it has {list.Items.Count} entries");
    }

    private void Wrong(Field field, YamlNode value, string what) =>
        problems.Add(new(value.Line, value.Column, value.Path, what, field.Describe(), value is YamlScalar s ? Nearest.To(s.Value, field.Allowed) : null));

    private static string Kind(YamlNode node) => node switch { YamlMap => "a group of keys", YamlList => "a list", YamlScalar { IsNothing: true } => "empty", _ => "a single value" };

    private static string Below(YamlMap map, string key) => map.Path.Length == 0 ? key : $"{map.Path}.{key}";

    private static string Article(string name) => "aeiou".Contains(name[0], StringComparison.Ordinal) ? $"an {name}" : $"a {name}";
}

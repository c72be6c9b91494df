using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GameDay.Web.ExerciseFiles.Yaml;

/// <summary>
/// Reads the parser's events into nodes with places. Refuses what an exercise file never needs and what makes small files big
/// (anchors, aliases, tags, deep nesting); the limits come before any work that grows with the file.
/// </summary>
internal sealed class YamlLoader
{
    public const int LongestText = 256 * 1024;
    private const int DeepestNesting = 16;

    private readonly Parser _parser;
    private readonly List<FileProblem> _problems;

    private YamlLoader(string text, List<FileProblem> problems)
    {
        _parser = new Parser(new StringReader(text));
        _problems = problems;
    }

    /// <summary>The top mapping, or null with the reason among the problems.</summary>
    public static YamlMap? Load(string text, List<FileProblem> problems)
    {
        if (text.Length > LongestText)
        {
            problems.Add(new(1, 1, "", $"the file has {text.Length / 1024:N0} kB", $"at most {LongestText / 1024} kB"));
            return null;
        }
        var loader = new YamlLoader(text, problems);
        try
        {
            return loader.Top();
        }
        // The parser answers some broken texts (a comment right behind a plain key) with this instead of its own exception.
        catch (InvalidOperationException)
        {
            problems.AddRange(BrokenYaml.Explain(text, loader.Lost()));
            return null;
        }
        catch (YamlException broken)
        {
            problems.AddRange(BrokenYaml.Explain(text, broken));
            return null;
        }
    }

    private YamlException Lost()
    {
        var last = _parser.Current?.End ?? Mark.Empty;
        return new YamlException(last, last, "What follows here cannot be read");
    }

    private YamlMap? Top()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return Refuse("the file is empty", "an exercise: title, experiments, …");
        _parser.Consume<DocumentStart>();
        var top = Node("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second)) _problems.Add(new(Line(second), Column(second), "", "a second document begins here", "one exercise per file"));
        return top switch
        {
            YamlMap map => map,
            YamlScalar { IsNothing: true } => Refuse("the file is empty", "an exercise: title, experiments, …"),
            _ => Refuse($"the file holds {(top is YamlList ? "a list" : "plain text")}", "keys with values: title, experiments, …"),
        };
    }

    private YamlMap? Refuse(string what, string allowed)
    {
        _problems.Add(new(1, 1, "", what, allowed));
        return null;
    }

    private YamlNode Node(string path, int depth)
    {
        if (depth > DeepestNesting) throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"{BrokenYaml.Ours}nested more than {DeepestNesting} levels deep");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Add(new(Line(alias), Column(alias), path, $"the alias *{alias.Value} is refused", "the value itself, written out"));
            return new YamlScalar(Line(alias), Column(alias), path, "", Quoted: true);
        }
        if (!_parser.Accept<NodeEvent>(out var start)) throw new YamlException(_parser.Current!.Start, _parser.Current.End, "A value is missing");
        Plain(start, path);
        return start switch
        {
            MappingStart => Map(path, depth),
            SequenceStart => List(path, depth),
            _ => ScalarAt(path),
        };
    }

    private void Plain(NodeEvent node, string path)
    {
        if (!node.Anchor.IsEmpty) _problems.Add(new(Line(node), Column(node), path, $"the anchor &{node.Anchor.Value} is refused", "the value itself, written out where it is needed"));
        if (!node.Tag.IsEmpty && node.Tag.Value != "!") _problems.Add(new(Line(node), Column(node), path, $"the tag {node.Tag.Value} is refused", "plain values"));
    }

    private YamlScalar ScalarAt(string path)
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(Line(scalar), Column(scalar), path, scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private YamlList List(string path, int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node($"{path}[{items.Count}]", depth + 1));
        return new YamlList(Line(start), Column(start), path, items);
    }

    private YamlMap Map(string path, int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _)) entries.Add(Entry(path, depth));
        return new YamlMap(Line(start), Column(start), path, entries);
    }

    private YamlEntry Entry(string path, int depth)
    {
        var name = Node(path, depth + 1);
        if (name is not YamlScalar key)
        {
            _problems.Add(new(name.Line, name.Column, path, "a key must be one word", "name: value"));
            key = new YamlScalar(name.Line, name.Column, path, "?", Quoted: true);
        }
        var below = path.Length == 0 ? Shown.Short(key.Value) : $"{path}.{Shown.Short(key.Value)}";
        return new YamlEntry(key with { Path = below }, Node(below, depth + 1));
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}

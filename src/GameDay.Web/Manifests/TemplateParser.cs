namespace GameDay.Web.Manifests;

/// <summary>
/// Reads the part of Helm's template language that our chart uses: paths, variables, pipelines, if, range, with, define. Anything
/// else is refused with its place, so that what is printed here and what Helm renders cannot differ silently.
/// </summary>
internal sealed class TemplateParser(string file, IDictionary<string, IReadOnlyList<Node>> defined)
{
    private IReadOnlyList<(bool IsAction, string Text)> _parts = [];
    private int _at;

    public IReadOnlyList<Node> Parse(string template)
    {
        _parts = TemplateLexer.Split(template, file);
        var (nodes, end) = Block();
        return end is null ? nodes : throw Wrong($"'{end}' without a beginning");
    }

    /// <summary>Up to the action that ends the block (end, else …), or the end of the file.</summary>
    private (IReadOnlyList<Node> Nodes, string? End) Block()
    {
        var nodes = new List<Node>();
        while (_at < _parts.Count)
        {
            var (isAction, text) = _parts[_at++];
            if (!isAction)
                nodes.Add(new TextNode(text));
            else if (text == "end" || text == "else" || text.StartsWith("else ", StringComparison.Ordinal))
                return (nodes, text);
            else if (Action(text) is { } node)
                nodes.Add(node);
        }

        return (nodes, null);
    }

    private Node? Action(string text)
    {
        var words = TemplateLexer.Words(text);
        switch (words[0])
        {
            case "if": return If(words.Skip(1));
            case "with": return With(words.Skip(1));
            case "range": return Range([.. words.Skip(1)]);
            case "define": Define([.. words]); return null;
            case "block" or "template": throw Wrong($"'{words[0]}' is not used in this chart");
        }

        return words is [['$', ..] variable, ":=" or "=", ..] ? new AssignNode(variable, Pipe(words.Skip(2)), words[1] == ":=") : new PrintNode(Pipe(words));
    }

    private IfNode If(IEnumerable<string> condition)
    {
        var asked = Pipe(condition);
        var (then, end) = Block();
        if (end is { } chained && chained.StartsWith("else if ", StringComparison.Ordinal))
            return new(asked, then, [If(TemplateLexer.Words(chained).Skip(2))]);
        return new(asked, then, Otherwise(end, "if"));
    }

    private WithNode With(IEnumerable<string> value)
    {
        var asked = Pipe(value);
        var (body, end) = Block();
        return new(asked, body, Otherwise(end, "with"));
    }

    private RangeNode Range(List<string> words)
    {
        var (key, item) = ((string?)null, (string?)null);
        if (words.IndexOf(":=") is var assign and > 0)
        {
            (key, item) = words[..assign] is [var k, ",", var v] ? (k, v) : words[..assign] is [var only] ? ((string?)null, only) : throw Wrong("range with variables that are not understood");
            words = words[(assign + 1)..];
        }

        var over = Pipe(words);
        var (body, end) = Block();
        return new(key, item, over, body, Otherwise(end, "range"));
    }

    private void Define(IReadOnlyList<string> words)
    {
        if (words is not [_, ['"', ..] name])
            throw Wrong("define needs a quoted name");
        var (body, end) = Block();
        if (end != "end")
            throw Wrong("define is not closed");
        defined[name.Trim('"')] = body;
    }

    private IReadOnlyList<Node> Otherwise(string? end, string what)
    {
        if (end == "end")
            return [];
        if (end != "else")
            throw Wrong($"{what} is not closed");
        var (nodes, last) = Block();
        return last == "end" ? nodes : throw Wrong($"the else of {what} is not closed");
    }

    private Pipeline Pipe(IEnumerable<string> words) => new PipelineReader([.. words], file).Read();

    private TemplateException Wrong(string what) => new($"{file}: {what}");
}

using System.Collections;
using System.Text;

namespace GameDay.Web.Manifests;

/// <summary>Renders parsed nodes with values.</summary>
internal sealed class TemplateRun(IReadOnlyDictionary<string, IReadOnlyList<Node>> defined, object? root, string file)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal) { ["$"] = root };
    private readonly StringBuilder _out = new();

    public static string Render(IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, IReadOnlyList<Node>> defined, object? root, string file)
    {
        var run = new TemplateRun(defined, root, file);
        run.All(nodes, root);
        return run._out.ToString();
    }

    private void All(IReadOnlyList<Node> nodes, object? dot)
    {
        foreach (var node in nodes)
            One(node, dot);
    }

    private void One(Node node, object? dot)
    {
        switch (node)
        {
            case TextNode text: _out.Append(text.Text); break;
            case PrintNode print: _out.Append(TemplateFunctions.Text(Value(print.Value, dot))); break;
            case AssignNode assign: _variables[assign.Variable] = Value(assign.Value, dot); break;
            case IfNode choice: All(TemplateFunctions.IsTrue(Value(choice.Condition, dot)) ? choice.Then : choice.Else, dot); break;
            case WithNode with: With(with, dot); break;
            case RangeNode range: Range(range, dot); break;
            default: throw new TemplateException($"{file}: {node.GetType().Name} is not rendered");
        }
    }

    private void With(WithNode node, object? dot)
    {
        var value = Value(node.Value, dot);
        if (TemplateFunctions.IsTrue(value)) All(node.Body, value);
        else All(node.Else, dot);
    }

    private void Range(RangeNode node, object? dot)
    {
        var items = Items(Value(node.Over, dot));
        if (items.Count == 0)
            All(node.Else, dot);
        foreach (var (key, item) in items)
        {
            if (node.Key is { } k) _variables[k] = key;
            if (node.Item is { } i) _variables[i] = item;
            All(node.Body, item);
        }
    }

    private IReadOnlyList<(object? Key, object? Item)> Items(object? value) => value switch
    {
        null => [],
        IDictionary<string, object?> map => [.. map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => ((object?)pair.Key, pair.Value))],
        IList list => [.. list.Cast<object?>().Select((item, index) => ((object?)(long)index, item))],
        _ => throw new TemplateException($"{file}: range over something that is neither list nor map"),
    };

    private object? Value(Pipeline pipeline, object? dot)
    {
        object? last = null;
        for (var i = 0; i < pipeline.Commands.Count; i++)
            last = Value(pipeline.Commands[i], i > 0, last, dot);
        return last;
    }

    private object? Value(CallNode command, bool piped, object? last, object? dot)
    {
        if (command.Words[0] is not NameOperand name)
            return command.Words.Count == 1 && !piped ? Value(command.Words[0], dot) : throw new TemplateException($"{file}: a value that is no function is given arguments");
        List<object?> given = [.. command.Words.Skip(1).Select(word => Value(word, dot))];
        if (piped)
            given.Add(last);
        return name.Name == "include" ? Include(given) : TemplateFunctions.Call(name.Name, [.. given], file);
    }

    private object? Value(Operand operand, object? dot) => operand switch
    {
        LiteralOperand literal => literal.Value,
        NestedOperand nested => Value(nested.Value, dot),
        PathOperand path => Walk(path.Variable is null ? dot : Variable(path.Variable), path.Fields),
        NameOperand name => TemplateFunctions.Call(name.Name, [], file),
        _ => throw new TemplateException($"{file}: {operand} is not understood"),
    };

    private object? Variable(string name) => _variables.TryGetValue(name, out var value) ? value : throw new TemplateException($"{file}: the variable {name} is not set");

    private string Include(List<object?> given) => given is [string name, var with] && defined.TryGetValue(name, out var body)
        ? Render(body, defined, with, $"{file} ({name})")
        : throw new TemplateException($"{file}: include of '{given.FirstOrDefault()}' is not understood");

    /// <summary>A field that is not there is empty, but one of something that is no map is a mistake.</summary>
    private object? Walk(object? value, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            value = value switch
            {
                null => throw new TemplateException($"{file}: .{string.Join('.', fields)}: nothing holds '{field}'"),
                IDictionary<string, object?> map => map.TryGetValue(field, out var found) ? found : null,
                _ => throw new TemplateException($"{file}: .{string.Join('.', fields)}: '{field}' of something that is no map"),
            };
        }

        return value;
    }
}

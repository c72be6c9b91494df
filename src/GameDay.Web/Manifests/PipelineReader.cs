using System.Globalization;
using System.Text.RegularExpressions;

namespace GameDay.Web.Manifests;

/// <summary>Reads what stands in one action: operands, functions, parentheses, pipes.</summary>
internal sealed class PipelineReader(IReadOnlyList<string> words, string file)
{
    private int _at;

    public Pipeline Read()
    {
        var pipeline = Pipe();
        return _at == words.Count ? pipeline : throw Wrong();
    }

    private Pipeline Pipe()
    {
        var commands = new List<CallNode> { One() };
        while (_at < words.Count && words[_at] == "|")
        {
            _at++;
            commands.Add(One());
        }

        return new(commands);
    }

    private CallNode One()
    {
        var operands = new List<Operand>();
        while (_at < words.Count && words[_at] is not ("|" or ")"))
            operands.Add(Operand());
        return operands.Count > 0 ? new(operands) : throw Wrong();
    }

    private Operand Operand()
    {
        var word = words[_at++];
        if (word == "(")
        {
            var nested = Pipe();
            if (_at >= words.Count || words[_at++] != ")")
                throw Wrong();
            return new NestedOperand(nested);
        }

        return word[0] switch
        {
            '"' => new LiteralOperand(Regex.Unescape(word[1..^1])),
            '`' => new LiteralOperand(word[1..^1]),
            '.' => new PathOperand(null, Fields(word)),
            '$' => new PathOperand(word.Split('.')[0], Fields(word[word.Split('.')[0].Length..])),
            _ when word is "true" or "false" => new LiteralOperand(word == "true"),
            _ when long.TryParse(word, CultureInfo.InvariantCulture, out var number) => new LiteralOperand(number),
            _ when char.IsAsciiLetter(word[0]) => new NameOperand(word),
            _ => throw Wrong(),
        };
    }

    private static string[] Fields(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);

    private TemplateException Wrong() => new($"{file}: not understood: {{{{ {string.Join(' ', words)} }}}}");
}

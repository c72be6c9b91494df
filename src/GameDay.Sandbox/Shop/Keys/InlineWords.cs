using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>Splits a typed line into words as Redis does: by spaces, with "quotes" (and \n, \t, \") or 'quotes'.</summary>
internal static class InlineWords
{
    /// <summary>The words; null when a quote is not closed.</summary>
    public static string[]? Split(string line)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
            }
            else if (Word(line, ref at) is { } word)
            {
                words.Add(word);
            }
            else
            {
                return null;
            }
        }

        return [.. words];
    }

    private static string? Word(string line, ref int at)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                break;
            }

            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'' && word.Length == 0)
            {
                quote = c;
            }
            else
            {
                word.Append(c == '\\' && quote == '"' && at + 1 < line.Length ? Escaped(line[++at]) : c);
            }
        }

        return quote == '\0' ? word.ToString() : null;
    }

    private static char Escaped(char c) => c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c };
}

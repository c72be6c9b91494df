using System.Globalization;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>RESP2 answers as text; each character is one byte on the wire.</summary>
public static class Resp
{
    public const string Ok = "+OK\r\n";
    public const string Nil = "$-1\r\n";
    public const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";

    public static string Simple(string text) => $"+{text}\r\n";

    /// <param name="text">Begins with its kind: <c>ERR</c>, <c>READONLY</c>.</param>
    public static string Error(string text) => $"-{text.ReplaceLineEndings(" ")}\r\n";

    public static string Number(long value) => string.Create(CultureInfo.InvariantCulture, $":{value}\r\n");

    public static string Bulk(string? value) => value is null ? Nil : string.Create(CultureInfo.InvariantCulture, $"${value.Length}\r\n{value}\r\n");

    /// <summary>An array of bulk strings, which is also how a request is written.</summary>
    public static string Bulks(IReadOnlyCollection<string> values) => Array([.. values.Select(Bulk)]);

    /// <param name="items">Answers themselves.</param>
    public static string Array(params IReadOnlyCollection<string> items)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"*{items.Count}\r\n");
        foreach (var item in items)
        {
            text.Append(item);
        }

        return text.ToString();
    }
}

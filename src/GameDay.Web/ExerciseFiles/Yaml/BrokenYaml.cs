using YamlDotNet.Core;

namespace GameDay.Web.ExerciseFiles.Yaml;

/// <summary>Puts the parser's complaint into a person's words; it stops at the first, so tabs are looked up in the whole text.</summary>
internal static class BrokenYaml
{
    /// <summary>Marks messages of our own limits, which need no translation.</summary>
    public const string Ours = "limit: ";

    public static IEnumerable<FileProblem> Explain(string text, YamlException broken)
    {
        if (broken.Message.StartsWith(Ours, StringComparison.Ordinal)) return [At(broken, broken.Message[Ours.Length..], null)];
        var tabs = Tabs(text).ToList();
        return tabs.Count > 0 ? tabs : [At(broken, $"broken YAML: {Reason(broken.Message)}", "keys as 'name: value', indented with spaces; text that holds ': ' or begins with a sign goes in quotes")];
    }

    private static FileProblem At(YamlException broken, string what, string? allowed) =>
        new(Math.Max(1, (int)broken.Start.Line), Math.Max(1, (int)broken.Start.Column), "", what, allowed);

    private static IEnumerable<FileProblem> Tabs(string text)
    {
        var line = 0;
        foreach (var each in text.Split('\n'))
        {
            line++;
            var indent = each.AsSpan().IndexOfAnyExcept(' ', '\t');
            var tab = indent > 0 ? each.IndexOf('\t', 0, indent) : -1;
            if (tab >= 0) yield return new(line, tab + 1, "", "a tab in the indentation", "spaces");
        }
    }

    private static string Reason(string message)
    {
        var reason = Shown.Short(message.Split('\n')[0].TrimEnd('.', '\r'));
        return reason.Length == 0 ? "cannot be read" : char.ToLowerInvariant(reason[0]) + reason[1..];
    }
}

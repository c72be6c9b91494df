using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GameDay.UnitTests.ExerciseFiles;

/// <summary>Reads YAML as an editor's language server does (YAML 1.2 core schema), independent of the product's reader.</summary>
public static class YamlAsJson
{
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Node(stream.Documents[0].RootNode);
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Node(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static JsonNode? Scalar(YamlScalarNode scalar) => (scalar.Style, scalar.Value!) switch
    {
        (ScalarStyle.Plain, "" or "~" or "null") => null,
        (ScalarStyle.Plain, "true") => true,
        (ScalarStyle.Plain, "false") => false,
        (ScalarStyle.Plain, var text) when Regex.IsMatch(text, @"^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture) => double.Parse(text, CultureInfo.InvariantCulture),
        (_, var text) => text,
    };
}

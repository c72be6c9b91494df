using System.Globalization;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace GameDay.Web.Manifests;

/// <summary>YAML to plain values (maps, lists, strings, numbers, booleans) and back.</summary>
internal static class YamlText
{
    private static readonly ISerializer Writer = new SerializerBuilder().WithIndentedSequences().WithQuotingNecessaryStrings().Build();

    public static Dictionary<string, object?> ReadMap(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Count == 0 ? new(StringComparer.Ordinal)
            : Value(stream.Documents[0].RootNode) as Dictionary<string, object?> ?? throw new TemplateException("the values are not a map");
    }

    public static string Write(object? value) => Writer.Serialize(value).TrimEnd();

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Value(pair.Value), StringComparer.Ordinal),
        YamlSequenceNode list => list.Children.Select(Value).ToList(),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new TemplateException("the values hold something that is no map, list or scalar"),
    };

    private static object? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not YamlDotNet.Core.ScalarStyle.Plain)
            return text;
        return text switch
        {
            "" or "null" or "~" => null,
            "true" => true,
            "false" => false,
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : text,
        };
    }
}

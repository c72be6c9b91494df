using System.Globalization;
using System.Runtime.CompilerServices;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Protobuf;

/// <summary>One field of a message. Type is a message, a plain type, <c>map:TYPE</c>, or <c>TYPE[]</c>.</summary>
internal sealed record ProtobufField(string Name, string Type)
{
    private static readonly HashSet<string> Inlined = new(StringComparer.Ordinal) { "volumeSource", "handler", "ephemeralContainerCommon", "localObjectReference" };

    public bool IsList { get; } = Type.EndsWith("[]", StringComparison.Ordinal);

    public bool IsMap { get; } = Type.StartsWith("map:", StringComparison.Ordinal);

    /// <summary>The type of one element.</summary>
    public string Element { get; } = Type.Replace("[]", "", StringComparison.Ordinal).Replace("map:", "", StringComparison.Ordinal);

    /// <summary>An embedded Go struct: in JSON its fields are the owner's.</summary>
    public bool IsInline { get; } = Inlined.Contains(Name);
}

/// <summary>The messages of the Kubernetes API, read once from the embedded schema.</summary>
internal static class ProtobufSchema
{
    private static readonly Lazy<Dictionary<string, Dictionary<int, ProtobufField>>> Messages = new(Load);

    private static readonly ConditionalWeakTable<IReadOnlyDictionary<int, ProtobufField>, IReadOnlyDictionary<string, ProtobufField>> ByName = [];

    public static IReadOnlyDictionary<int, ProtobufField>? Find(string message) => Messages.Value.GetValueOrDefault(message);

    /// <summary>The message of a stored kind.</summary>
    public static string MessageOf(ResourceType type) =>
        type.Group.Length == 0 ? $"core.{type.Version}.{type.Kind}" : $"{type.Group.Split('.')[0]}.{type.Version}.{type.Kind}";

    /// <summary>The fields as JSON has them: those of embedded structs are the owner's.</summary>
    public static IReadOnlyDictionary<string, ProtobufField> FieldsByName(IReadOnlyDictionary<int, ProtobufField> message) =>
        ByName.GetValue(message, fields => Flat(fields.Values).ToDictionary(field => field.Name, StringComparer.Ordinal));

    private static IEnumerable<ProtobufField> Flat(IEnumerable<ProtobufField> fields) =>
        fields.SelectMany(field => field.IsInline && Find(field.Element) is { } embedded ? Flat(embedded.Values) : [field]);

    private static Dictionary<string, Dictionary<int, ProtobufField>> Load()
    {
        using var stream = typeof(ProtobufSchema).Assembly.GetManifestResourceStream("kubernetes.schema")
            ?? throw new InvalidOperationException("kubernetes.schema is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words.Skip(1).Select(Field).ToDictionary(), StringComparer.Ordinal);
    }

    private static KeyValuePair<int, ProtobufField> Field(string word)
    {
        var parts = word.Split(':', 3);
        return KeyValuePair.Create(int.Parse(parts[0], CultureInfo.InvariantCulture), new ProtobufField(parts[1], parts[2]));
    }
}

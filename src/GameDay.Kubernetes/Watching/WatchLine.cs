using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GameDay.Kubernetes;

/// <param name="Type">Null for a bookmark, which moves our place and says nothing else.</param>
internal sealed record WatchLine<T>(WatchEventType? Type, T Object)
{
    /// <summary>Null for a line that is damaged: the change comes again after resuming.</summary>
    /// <exception cref="KubernetesException">The line is the server's refusal to go on.</exception>
    public static WatchLine<T>? Parse(ReadOnlySequence<byte> text, ApiRequest request, Failures failures)
    {
        try
        {
            var (type, content) = WatchLines.TakeApart(text);
            if (type == "ERROR")
                throw new KubernetesException(WatchLines.Read<V1Status>(content) ?? new() { Code = 500, Reason = "InternalError" }, request.ToString());
            return WatchLines.Read<T>(content) is { } item ? new(TypeOf(type), item) : null;
        }
        catch (JsonException cause)
        {
            throw failures.Unreachable(request, $"a watch was answered with \"{WatchLines.Beginning(text)}\", which is not the Kubernetes API's JSON", cause);
        }
    }

    private static WatchEventType? TypeOf(string? type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        _ => null,
    };
}

/// <summary>A watch's bytes: lines, and the two fields of each.</summary>
internal static class WatchLines
{
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var end = buffer.PositionOf((byte)'\n');
        line = end is null ? default : buffer.Slice(0, end.Value);
        if (end is null)
            return false;
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        return true;
    }

    /// <summary>The type decides how the object is read, so the object stays bytes until then.</summary>
    public static (string? Type, ReadOnlySequence<byte> Object) TakeApart(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        string? type = null;
        var content = default(ReadOnlySequence<byte>);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isObject) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("object"u8));
            reader.Read();
            var from = reader.TokenStartIndex;
            if (isType)
                type = reader.GetString();
            reader.Skip();
            if (isObject)
                content = line.Slice(from, reader.BytesConsumed - from);
        }

        return (type, content);
    }

    public static T? Read<T>(ReadOnlySequence<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        return JsonSerializer.Deserialize<T>(ref reader, KubernetesJson.Options);
    }

    /// <summary>An end without a line break that does not even begin like a change is somebody else's answer.</summary>
    public static void RefuseForeign(ReadOnlySequence<byte> rest, ApiRequest request, Failures failures)
    {
        if (!rest.IsEmpty && rest.FirstSpan[0] != (byte)'{')
            throw failures.Unreachable(request, $"a watch was answered with \"{Beginning(rest)}\", which is not the Kubernetes API's JSON");
    }

    public static string Beginning(ReadOnlySequence<byte> text) => Encoding.UTF8.GetString(text.Slice(0, Math.Min(120, text.Length))).Trim();
}

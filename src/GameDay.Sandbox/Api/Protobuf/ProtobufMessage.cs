using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Protobuf;

/// <summary>Turns a message into the JSON that the same Go object would have.</summary>
internal static class ProtobufMessage
{
    /// <summary>
    /// Go writes plain fields even when they are empty, and pointers only when they are set; the wire does not tell them
    /// apart. Zeros are dropped but for the pointers where zero means something.
    /// </summary>
    private static readonly HashSet<string> ZeroMeansZero = new(StringComparer.Ordinal)
    {
        "replicas", "gracePeriodSeconds", "terminationGracePeriodSeconds", "revisionHistoryLimit", "runAsUser", "runAsGroup", "fsGroup",
        "defaultMode", "leaseTransitions", "minReplicas", "stabilizationWindowSeconds", "priority",
    };

    private static readonly HashSet<string> FalseMeansFalse = new(StringComparer.Ordinal)
    {
        "runAsNonRoot", "allowPrivilegeEscalation", "readOnlyRootFilesystem", "privileged", "automountServiceAccountToken", "enableServiceLinks",
        "optional", "immutable", "controller", "blockOwnerDeletion", "orphanDependents", "ready", "shareProcessNamespace", "hostUsers",
    };

    public static void Read(ReadOnlySpan<byte> bytes, IReadOnlyDictionary<int, ProtobufField> fields, JsonObject into)
    {
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (!fields.TryGetValue(reader.Field, out var field))
            {
                continue;
            }

            if (field.IsInline)
            {
                Read(reader.Bytes, ProtobufSchema.Find(field.Element)!, into);
            }
            else if (field.IsMap)
            {
                ReadEntry(reader.Bytes, field.Element, into.Ensure(field.Name));
            }
            else if (field.IsList)
            {
                into.EnsureList(field.Name).Add(Value(reader, field.Element));
            }
            else if (Value(reader, field.Element) is { } value && Says(field.Name, value))
            {
                into[field.Name] = value;
            }
        }
    }

    private static void ReadEntry(ReadOnlySpan<byte> bytes, string valueType, JsonObject into)
    {
        var key = "";
        JsonNode? value = null;
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                key = Encoding.UTF8.GetString(reader.Bytes);
            }
            else
            {
                value = Value(reader, valueType);
            }
        }

        into[key] = value ?? "";
    }

    private static bool Says(string name, JsonNode value) => value switch
    {
        JsonValue plain when plain.TryGetValue<string>(out var text) => text.Length > 0,
        JsonValue plain when plain.TryGetValue<long>(out var number) => number != 0 || ZeroMeansZero.Contains(name),
        JsonValue plain when plain.TryGetValue<bool>(out var flag) => flag || FalseMeansFalse.Contains(name),
        _ => true,
    };

    private static JsonNode? Value(WireReader field, string type)
    {
        switch (type)
        {
            case "string":
                return Encoding.UTF8.GetString(field.Bytes);
            case "int":
                return field.Number;
            case "bool":
                return field.Number != 0;
            case "double":
                return BitConverter.Int64BitsToDouble(field.Number);
            case "bytes":
                return Convert.ToBase64String(field.Bytes);
            case "quantity":
                return First(field.Bytes);
            case "raw":
                return JsonNode.Parse(First(field.Bytes) is { Length: > 0 } json ? json : "{}");
            case "strings":
                return Strings(field.Bytes);
            case "time" or "microtime":
                return Time(field.Bytes, type == "microtime");
            case "intOrString":
                return IntOrString(field.Bytes);
            default:
                var item = new JsonObject();
                Read(field.Bytes, ProtobufSchema.Find(type) ?? throw new InvalidDataException($"{type} is not known here"), item);
                return item;
        }
    }

    private static string First(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return reader.Read() ? Encoding.UTF8.GetString(reader.Bytes) : "";
    }

    private static JsonArray Strings(ReadOnlySpan<byte> bytes)
    {
        var list = new JsonArray();
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            list.Add((JsonNode)Encoding.UTF8.GetString(reader.Bytes));
        }

        return list;
    }

    private static JsonNode? Time(ReadOnlySpan<byte> bytes, bool micro)
    {
        var (seconds, nanos) = (0L, 0L);
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            (seconds, nanos) = reader.Field == 1 ? (reader.Number, nanos) : (seconds, reader.Number);
        }

        if (seconds == 0)
        {
            return null;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100);
        return micro ? time.ToKubernetesMicroTime() : time.ToKubernetesTime();
    }

    private static JsonNode IntOrString(ReadOnlySpan<byte> bytes)
    {
        var isText = false;
        var number = 0L;
        var text = "";
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    isText = reader.Number == 1;
                    break;
                case 2:
                    number = reader.Number;
                    break;
                default:
                    text = Encoding.UTF8.GetString(reader.Bytes);
                    break;
            }
        }

        return isText ? text : number;
    }
}

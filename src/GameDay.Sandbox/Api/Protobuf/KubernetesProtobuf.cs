using System.Text;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Protobuf;

/// <summary>
/// Request bodies as Go clients send them since 1.32: <c>k8s\0</c> and an envelope with the kind and the message.
/// Only requests: every client that sends protobuf accepts JSON in return.
/// </summary>
internal static class KubernetesProtobuf
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    public static JsonObject Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            if (!body.StartsWith(Magic))
            {
                throw new InvalidDataException("it does not begin with k8s\\0");
            }

            return Envelope(body[Magic.Length..]);
        }
        catch (InvalidDataException wrong)
        {
            throw ApiException.BadRequest($"the object provided is not valid protobuf: {wrong.Message}");
        }
    }

    private static JsonObject Envelope(ReadOnlySpan<byte> envelope)
    {
        var (apiVersion, kind) = ("", "");
        ReadOnlySpan<byte> raw = default;
        var reader = new WireReader(envelope);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                (apiVersion, kind) = TypeMeta(reader.Bytes);
            }
            else if (reader.Field == 2)
            {
                raw = reader.Bytes;
            }
        }

        var message = MessageOf(apiVersion, kind);
        var item = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        ProtobufMessage.Read(raw, ProtobufSchema.Find(message) ?? throw new InvalidDataException($"{apiVersion} {kind} is not known here"), item);
        return item;
    }

    private static (string ApiVersion, string Kind) TypeMeta(ReadOnlySpan<byte> bytes)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            (apiVersion, kind) = reader.Field == 1 ? (Encoding.UTF8.GetString(reader.Bytes), kind) : (apiVersion, Encoding.UTF8.GetString(reader.Bytes));
        }

        return (apiVersion, kind);
    }

    /// <summary><c>apps/v1 Deployment</c> is <c>apps.v1.Deployment</c>; delete options come under the version of what they delete.</summary>
    private static string MessageOf(string apiVersion, string kind)
    {
        if (kind == "DeleteOptions")
        {
            return "meta.v1.DeleteOptions";
        }

        return apiVersion.Split('/') switch
        {
            [var version] => $"core.{version}.{kind}",
            [var group, var version] => $"{group.Split('.')[0]}.{version}.{kind}",
            _ => kind,
        };
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Protobuf;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>Reads what a client sent, JSON or Kubernetes protobuf.</summary>
internal static class RequestBody
{
    /// <summary>The body, or null when the client sent none.</summary>
    public static async Task<JsonNode?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length == 0)
        {
            return null;
        }

        return request.ContentType?.StartsWith(KubernetesProtobuf.ContentType, StringComparison.Ordinal) == true
            ? KubernetesProtobuf.Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))
            : Json(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static JsonNode? Json(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException wrong)
        {
            throw ApiException.BadRequest($"the object provided is not valid JSON: {wrong.Message}");
        }
    }
}

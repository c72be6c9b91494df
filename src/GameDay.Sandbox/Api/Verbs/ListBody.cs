using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>Writes lists from the stored bytes as they are: nothing is parsed to be written again, nothing is put together in memory first.</summary>
internal static class ListBody
{
    private const int FlushAt = 64 * 1024;
    private static readonly ReadOnlyMemory<byte> PartialHead = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> PartialTail = "}"u8.ToArray();

    public static Task WholeAsync(ApiCall call, List<StoredObject> page, JsonObject metadata) =>
        WriteAsync(call, Head(call.Type.ListKind, call.Type.ApiVersion, metadata), page.ConvertAll(item => (ReadOnlyMemory<byte>)item.Json), default, default);

    public static Task MetadataAsync(ApiCall call, List<StoredObject> page, JsonObject metadata) => WriteAsync(
        call,
        Head("PartialObjectMetadataList", "meta.k8s.io/v1", metadata),
        page.ConvertAll(MetadataOf),
        PartialHead,
        PartialTail);

    /// <summary>Writes one object's metadata alone.</summary>
    public static void WriteMetadata(Stream into, StoredObject item)
    {
        into.Write(PartialHead.Span);
        into.Write(MetadataOf(item).Span);
        into.Write(PartialTail.Span);
    }

    private static byte[] Head(string kind, string apiVersion, JsonObject metadata) =>
        Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{metadata.ToJsonString()},\"items\":[");

    private static async Task WriteAsync(ApiCall call, byte[] head, List<ReadOnlyMemory<byte>> items, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var response = call.Http.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";
        response.ContentLength = head.Length + items.Sum(item => (long)item.Length + before.Length + after.Length) + Math.Max(0, items.Count - 1) + 2;
        var body = response.BodyWriter;
        body.Write(head);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            body.Write(before.Span);
            body.Write(items[i].Span);
            body.Write(after.Span);
            if (body.UnflushedBytes > FlushAt)
            {
                await body.FlushAsync(call.Aborted);
            }
        }

        body.Write("]}"u8);
        await body.FlushAsync(call.Aborted);
    }

    /// <summary>The bytes of <c>metadata</c> within the object's.</summary>
    private static ReadOnlyMemory<byte> MetadataOf(StoredObject item)
    {
        var reader = new Utf8JsonReader(item.Json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata)
            {
                return item.Json.AsMemory(start, (int)reader.BytesConsumed - start);
            }
        }

        return "{}"u8.ToArray();
    }
}

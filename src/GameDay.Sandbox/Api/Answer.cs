using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    private const string Json = "application/json";

    public static Task JsonAsync(HttpContext http, JsonNode body, int code = 200) => BytesAsync(http, body.ToUtf8(), code);

    public static async Task BytesAsync(HttpContext http, ReadOnlyMemory<byte> body, int code = 200, string contentType = Json)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-cache, private";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    public static Task TextAsync(HttpContext http, string text, int code = 200) =>
        BytesAsync(http, System.Text.Encoding.UTF8.GetBytes(text), code, "text/plain; charset=utf-8");

    public static JsonObject Success(int code = 200) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["code"] = code,
    };
}

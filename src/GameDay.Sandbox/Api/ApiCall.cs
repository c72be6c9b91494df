using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api;

/// <summary>One request to a resource, with its options read.</summary>
internal sealed record ApiCall(HttpContext Http, ResourceType Type, ApiPath Path)
{
    public string? Namespace => Type.Namespaced ? Path.Namespace : null;

    public string Name => Path.Name ?? throw ApiException.MethodNotAllowed();

    public string? Subresource => Path.Subresource;

    public string Method => Http.Request.Method;

    public CancellationToken Aborted => Http.RequestAborted;

    public bool IsDryRun => Option("dryRun") switch
    {
        null => false,
        "All" => true,
        var other => throw ApiException.BadRequest($"dryRun: Unsupported value: \"{other}\": supported values: \"All\""),
    };

    /// <summary>Who writes, for managedFields: the fieldManager option or the first word of the user agent.</summary>
    public string Manager =>
        Option("fieldManager") ?? Http.Request.Headers.UserAgent.ToString().Split('/', ' ')[0] switch { "" => "unknown", var agent => agent };

    public string? Option(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public int? NumberOption(string name) => Option(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw ApiException.BadRequest($"{name}: Invalid value: \"{text}\": must be a number"),
    };

    public bool Flag(string name) => Option(name) is "true" or "1";

    public async Task<JsonObject> BodyAsync() =>
        await NodeAsync() as JsonObject ?? throw ApiException.BadRequest("the request's body must be a JSON object");

    public async Task<JsonNode?> NodeAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(Http.Request.Body, cancellationToken: Aborted);
        }
        catch (JsonException wrong)
        {
            throw ApiException.BadRequest($"the object provided is not valid JSON: {wrong.Message}");
        }
    }

    /// <summary>The body, or nothing when the client sent none.</summary>
    public async Task<JsonObject> OptionalBodyAsync() =>
        Http.Request.ContentLength is 0 || (Http.Request.ContentLength is null && !Http.Request.Headers.ContainsKey("Transfer-Encoding")
            && Http.Request.Protocol != "HTTP/2")
            ? []
            : await BodyOrNothingAsync();

    private async Task<JsonObject> BodyOrNothingAsync()
    {
        using var buffer = new MemoryStream();
        await Http.Request.Body.CopyToAsync(buffer, Aborted);
        if (buffer.Length == 0)
        {
            return [];
        }

        buffer.Position = 0;
        Http.Request.Body = buffer;
        return await BodyAsync();
    }
}

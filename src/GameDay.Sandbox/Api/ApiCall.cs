using System.Globalization;
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

    /// <summary>How old an answer the sandbox was asked to give; null for the present.</summary>
    public TimeSpan? Staleness => Misbehaviour.Staleness.Of(Http);

    public string? Option(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public int? NumberOption(string name) => Option(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw ApiException.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    public bool Flag(string name) => Option(name) is "true" or "1";

    public async Task<JsonObject> BodyAsync() =>
        await NodeAsync() as JsonObject ?? throw ApiException.BadRequest("the request's body must be a JSON object");

    public Task<JsonNode?> NodeAsync() => RequestBody.ReadAsync(Http.Request, Aborted);

    /// <summary>The body, or an empty object when the client sent none.</summary>
    public async Task<JsonObject> OptionalBodyAsync() => await NodeAsync() switch
    {
        null => [],
        JsonObject body => body,
        _ => throw ApiException.BadRequest("the request's body must be a JSON object"),
    };
}

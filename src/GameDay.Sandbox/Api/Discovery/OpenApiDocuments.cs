using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Discovery;

/// <summary>
/// As much OpenAPI as kubectl reads: the kinds with their fields, that patch knows <c>fieldValidation</c>, so that it leaves validation
/// to the server, and nothing about merge keys, so that it uses the ones built into it.
/// </summary>
internal static class OpenApiDocuments
{
    /// <summary>A serialised <c>openapi.v2.Document</c> with only swagger = "2.0": kubectl parses version 2 as protobuf alone.</summary>
    public static ReadOnlyMemory<byte> Version2Protobuf { get; } = new byte[] { 0x0A, 0x03, (byte)'2', (byte)'.', (byte)'0' };

    public const string Version2ProtobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static readonly Lazy<byte[]> Version2Json = new(() => new JsonObject
    {
        ["swagger"] = "2.0",
        ["info"] = Info(),
        ["paths"] = new JsonObject(),
        ["definitions"] = OpenApiSchemas.Of(ResourceTypes.All, "#/definitions/"),
    }.ToUtf8());

    private static readonly Lazy<Dictionary<string, byte[]>> Version3Json =
        new(() => ServedVersion.All.ToDictionary(PathOf, served => Version3(served).ToUtf8(), StringComparer.Ordinal));

    public static ReadOnlyMemory<byte> Version2() => Version2Json.Value;

    public static ReadOnlyMemory<byte>? Version3(string path) => Version3Json.Value.TryGetValue(path, out var document) ? document : null;

    public static JsonObject Version3Index()
    {
        var paths = new JsonObject();
        foreach (var served in ServedVersion.All)
        {
            var path = PathOf(served);
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash=1" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private static JsonObject Version3(ServedVersion served)
    {
        var path = PathOf(served);
        var paths = new JsonObject();
        foreach (var type in served.Types)
        {
            var scope = type.Namespaced ? "/namespaces/{namespace}" : "";
            paths[$"/{path}{scope}/{type.Plural}"] = new JsonObject { ["post"] = Operation(type, "post") };
            paths[$"/{path}{scope}/{type.Plural}/{{name}}"] = new JsonObject { ["patch"] = Operation(type, "patch"), ["put"] = Operation(type, "put") };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = OpenApiSchemas.Of(served.Types, "#/components/schemas/") },
        };
    }

    private static string PathOf(ServedVersion served) => served.Group.Length == 0 ? $"api/{served.Version}" : $"apis/{served.GroupVersion}";

    private static JsonObject Info() => new() { ["title"] = "GameDay sandbox", ["version"] = ServerVersion.GitVersion };

    private static JsonObject Operation(ResourceType type, string action) => new()
    {
        ["operationId"] = action + type.Kind,
        ["parameters"] = new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation")),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        ["x-kubernetes-action"] = action,
        ["x-kubernetes-group-version-kind"] = KindOf(type),
    };

    private static JsonObject Parameter(string name) =>
        new() { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true } };

    private static JsonObject KindOf(ResourceType type) => new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>A refusal as the API states it: becomes a <c>Status</c> object with code, reason, message and details.</summary>
public sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public JsonObject? Details { get; } = details;

    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = Reason,
        ["details"] = Details?.DeepClone(),
        ["code"] = Code,
    };

    public static ApiException NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.GroupResource} \"{name}\" not found", About(type.Group, type.Plural, name));

    public static ApiException AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.GroupResource} \"{name}\" already exists", About(type.Group, type.Plural, name));

    public static ApiException Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.GroupResource} \"{name}\": {why}", About(type.Group, type.Plural, name));

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Forbidden(ResourceType type, string name, string why) =>
        new(403, "Forbidden", $"{type.GroupResource} \"{name}\" is forbidden: {why}", About(type.Group, type.Plural, name));

    public static ApiException Expired(string message) => new(410, "Expired", message);

    public static ApiException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static ApiException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource", []);

    /// <summary>422 with one cause per wrong field, as kubectl prints them.</summary>
    public static ApiException Invalid(ResourceType type, string name, params IReadOnlyList<InvalidField> fields)
    {
        var details = About(type.Group, type.Kind, name);
        details["causes"] = new JsonArray([.. fields.Select(f => f.ToCause())]);
        var all = fields.Count == 1 ? fields[0].ToString() : $"[{string.Join(", ", fields)}]";
        var kind = type.Group.Length == 0 ? type.Kind : $"{type.Kind}.{type.Group}";
        return new ApiException(422, "Invalid", string.Create(CultureInfo.InvariantCulture, $"{kind} \"{name}\" is invalid: {all}"), details);
    }

    private static JsonObject About(string group, string kind, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (group.Length > 0)
        {
            details["group"] = group;
        }

        details["kind"] = kind;
        return details;
    }
}

/// <summary>One wrong field of a refused object.</summary>
/// <param name="Reason">A cause type: <c>FieldValueRequired</c>, <c>FieldValueInvalid</c>, <c>FieldValueForbidden</c>, …</param>
public sealed record InvalidField(string Reason, string Field, string Message)
{
    public static InvalidField Required(string field, string message = "") => new("FieldValueRequired", field, Join("Required value", message));

    public static InvalidField Invalid(string field, string value, string message) =>
        new("FieldValueInvalid", field, $"Invalid value: \"{value}\": {message}");

    public static InvalidField Forbidden(string field, string message) => new("FieldValueForbidden", field, $"Forbidden: {message}");

    public static InvalidField Duplicate(string field, string value) => new("FieldValueDuplicate", field, $"Duplicate value: \"{value}\"");

    public static InvalidField NotFound(string field, string value) => new("FieldValueNotFound", field, $"Not found: \"{value}\"");

    public JsonNode ToCause() => new JsonObject { ["reason"] = Reason, ["message"] = Message, ["field"] = Field };

    public override string ToString() => $"{Field}: {Message}";

    private static string Join(string head, string tail) => tail.Length == 0 ? head : $"{head}: {tail}";
}

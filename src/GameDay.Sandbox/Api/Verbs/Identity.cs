using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>A body must be about the object its path names, and the one it was read from.</summary>
internal static class Identity
{
    public static void CheckKind(ApiCall call, JsonObject body)
    {
        var kind = body.Text("kind") ?? call.Type.Kind;
        var version = body.Text("apiVersion") ?? call.Type.ApiVersion;
        if (kind != call.Type.Kind || version != call.Type.ApiVersion)
        {
            throw ApiException.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {call.Type.Kind}: expected {call.Type.ApiVersion} {call.Type.Kind}");
        }
    }

    public static void Check(ApiCall call, JsonObject old, JsonObject item)
    {
        CheckKind(call, item);
        var metadata = item.Ensure("metadata");
        if (item.Name() is { Length: > 0 } name && name != old.Name())
        {
            throw ApiException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({old.Name()})");
        }

        if (item.ResourceVersion() is { Length: > 0 } version && version != "0" && version != old.ResourceVersion())
        {
            throw ApiException.Conflict(call.Type, old.Name(), "the object has been modified; please apply your changes to the latest version and try again");
        }

        if (item.Uid() is { Length: > 0 } uid && uid != old.Uid())
        {
            // A whole object names what it replaces; a patch would change a field that nobody may change.
            throw call.Method == "PUT"
                ? ApiException.Conflict(call.Type, old.Name(), $"Precondition failed: UID in precondition: {uid}, UID in object meta: {old.Uid()}")
                : ApiException.Invalid(call.Type, old.Name(), InvalidField.Invalid("metadata.uid", uid, "field is immutable"));
        }

        foreach (var fixedField in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation" })
        {
            metadata.Put(fixedField, old.At("metadata", fixedField)?.DeepClone());
        }
    }
}

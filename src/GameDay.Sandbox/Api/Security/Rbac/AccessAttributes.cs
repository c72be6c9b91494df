using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security.Rbac;

/// <summary>What a request wants to do, in the words of RBAC. <paramref name="Url"/> is set for paths that are no resource.</summary>
internal sealed record AccessAttributes(
    string Verb, string Group, string Resource, string Subresource = "", string Name = "", string Namespace = "", string? Url = null)
{
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    public static AccessAttributes ForPath(string verb, string path) => new(verb, "", "", Url: path);

    public static AccessAttributes Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        if (ApiPath.Parse(path) is not { } parsed)
        {
            return ForPath(request.Method.ToLowerInvariant(), path);
        }

        var name = parsed.Name ?? FieldQuery.NameIn(request.Query["fieldSelector"].ToString()) ?? "";
        // A namespace is in itself: a Role there may name it.
        var ns = parsed is { Plural: "namespaces", Group: "" } ? parsed.Name ?? "" : parsed.Namespace ?? "";
        return new AccessAttributes(VerbOf(request, parsed), parsed.Group, parsed.Plural, parsed.Subresource ?? "", name, ns);
    }

    /// <summary>The API's 403 in its own words.</summary>
    public ApiException Refusal(RequestUser user, string reason)
    {
        var why = $"User \"{user.Name}\" cannot {Verb} {Object()}" + (reason.Length > 0 ? $": {reason}" : "");
        if (Url is not null)
        {
            return new ApiException(403, "Forbidden", $"forbidden: {why}", []);
        }

        var kind = Group.Length == 0 ? Resource : $"{Resource}.{Group}";
        return new ApiException(403, "Forbidden", Name.Length > 0 ? $"{kind} \"{Name}\" is forbidden: {why}" : $"{kind} is forbidden: {why}", Details());
    }

    private JsonObject Details()
    {
        var details = new JsonObject();
        details.Put("name", Name.Length > 0 ? Name : null);
        details.Put("group", Group.Length > 0 ? Group : null);
        details["kind"] = Resource;
        return details;
    }

    private string Object() => Url is not null
        ? $"path \"{Url}\""
        : $"resource \"{FullResource}\" in API group \"{Group}\" {(Namespace.Length > 0 ? $"in the namespace \"{Namespace}\"" : "at the cluster scope")}";

    private static string VerbOf(HttpRequest request, ApiPath path)
    {
        var one = path.Name is not null;
        return request.Method switch
        {
            "GET" or "HEAD" => request.Query["watch"].ToString() is "true" or "1" ? "watch" : one ? "get" : "list",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => one ? "delete" : "deletecollection",
            var other => other.ToLowerInvariant(),
        };
    }
}

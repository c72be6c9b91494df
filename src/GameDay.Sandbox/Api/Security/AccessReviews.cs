using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Security.Rbac;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security;

/// <summary>Who am I, what may I do, what may somebody else do: objects that are only ever posted, and come back with the answer.</summary>
internal sealed class AccessReviews(Authorizer authorizer, TokenHolders holders)
{
    public JsonObject Answer(string kind, string? ns, RequestUser sender, JsonObject review)
    {
        review["kind"] = kind;
        review.Ensure("metadata");
        review["status"] = kind switch
        {
            "SelfSubjectAccessReview" => Access(sender, review),
            "SubjectAccessReview" => Access(Subject(review), review),
            "LocalSubjectAccessReview" => Local(ns, review),
            "SelfSubjectRulesReview" => Rules(sender, review.Text("spec", "namespace")),
            "TokenReview" => Token(review.Text("spec", "token") ?? ""),
            _ => new JsonObject { ["userInfo"] = Info(sender) },
        };
        return review;
    }

    private JsonObject Local(string? ns, JsonObject review) => review.Text("spec", "resourceAttributes", "namespace") == ns
        ? Access(Subject(review), review)
        : throw ApiException.BadRequest($"spec.resourceAttributes.namespace must match namespace: {ns}");

    private JsonObject Access(RequestUser user, JsonObject review)
    {
        var verdict = authorizer.Decide(user, Wanted(review["spec"]));
        var status = new JsonObject { ["allowed"] = verdict.Allowed };
        status.Put("reason", verdict.Reason.Length > 0 ? verdict.Reason : null);
        return status;
    }

    private static AccessAttributes Wanted(JsonNode? spec)
    {
        if (spec.At("nonResourceAttributes") is JsonObject path)
        {
            return AccessAttributes.ForPath(path.Text("verb") ?? "", path.Text("path") ?? "");
        }

        var wanted = spec.At("resourceAttributes")
            ?? throw ApiException.BadRequest("spec.resourceAttributes: Invalid value: exactly one of nonResourceAttributes or resourceAttributes must be specified");
        string Field(string name) => wanted.Text(name) ?? "";
        return new AccessAttributes(Field("verb"), Field("group"), Field("resource"), Field("subresource"), Field("name"), Field("namespace"));
    }

    private static RequestUser Subject(JsonObject review) =>
        new(review.Text("spec", "user") ?? "", review.Text("spec", "uid") ?? "", review["spec"].Texts("groups"));

    private JsonObject Rules(RequestUser user, string? ns)
    {
        var all = authorizer.RulesOf(user, ns ?? "").ToList();
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. all.Where(rule => rule.Resources.Count > 0).Select(rule => rule.ToJson())]),
            ["nonResourceRules"] = new JsonArray([.. all.Where(rule => rule.Urls.Count > 0).Select(rule => rule.ToJson())]),
            ["incomplete"] = false,
        };
    }

    private JsonObject Token(string token) => holders.Find(token) is { } holder
        ? new JsonObject { ["authenticated"] = true, ["user"] = Info(holder), ["audiences"] = new JsonArray(ServiceAccountTokens.Audience) }
        : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };

    private static JsonObject Info(RequestUser user)
    {
        var info = new JsonObject { ["username"] = user.Name };
        info.Put("uid", user.Uid.Length > 0 ? user.Uid : null);
        info["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]);
        return info;
    }
}

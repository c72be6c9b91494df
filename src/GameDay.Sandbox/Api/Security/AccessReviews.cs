using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security;

/// <summary>Who am I and what may I do: the one user there is may do everything.</summary>
internal static class AccessReviews
{
    public static JsonObject Answer(string kind, JsonObject review)
    {
        review["kind"] = kind;
        review.Ensure("metadata");
        review["status"] = kind switch
        {
            "SelfSubjectAccessReview" => new JsonObject { ["allowed"] = true, ["reason"] = "the sandbox's token may do everything" },
            "SelfSubjectRulesReview" => Rules(),
            _ => new JsonObject
            {
                ["userInfo"] = new JsonObject { ["username"] = AdminToken.User, ["groups"] = new JsonArray("system:masters", "system:authenticated") },
            },
        };
        return review;
    }

    private static JsonObject Rules()
    {
        static JsonArray All() => new("*");
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = All(), ["apiGroups"] = All(), ["resources"] = All() }),
            ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = All(), ["nonResourceURLs"] = All() }),
            ["incomplete"] = false,
        };
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Patching;

/// <summary>Chooses the patch kind by content type.</summary>
internal static class Patches
{
    public const string ServerSideApply = "application/apply-patch+yaml";

    public static void Apply(string? contentType, JsonObject target, JsonNode? patch)
    {
        switch (contentType?.Split(';')[0].Trim())
        {
            case "application/json-patch+json" when patch is JsonArray operations:
                JsonPatch.Apply(target, operations);
                break;
            case "application/merge-patch+json" when patch is JsonObject merge:
                MergePatch.Apply(target, merge);
                break;
            case "application/strategic-merge-patch+json" or ServerSideApply when patch is JsonObject strategic:
                StrategicMerge.Apply(target, strategic);
                break;
            case "application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json" or ServerSideApply:
                throw ApiException.BadRequest("the patch's body does not fit its content type");
            default:
                throw new ApiException(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
                    + "application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
        }
    }
}

using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Api.Patching;

/// <summary>RFC 7386: objects merge, null removes, everything else replaces.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner)
            {
                if (target[key] is not JsonObject existing)
                {
                    existing = [];
                    target[key] = existing;
                }

                Apply(existing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}

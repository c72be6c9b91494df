using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Pods as their owner's template says.</summary>
internal static class PodTemplates
{
    /// <summary>A pod of the owner, named by the prefix and five random characters.</summary>
    public static JsonObject Pod(JsonObject owner, string prefix)
    {
        var template = owner.At("spec", "template") as JsonObject ?? [];
        var metadata = (template["metadata"] as JsonObject ?? []).Copy();
        metadata.Remove("creationTimestamp");
        metadata["generateName"] = prefix;
        metadata["namespace"] = owner.Namespace();
        metadata["ownerReferences"] = new JsonArray(Dependents.ReferenceTo(owner));
        return new JsonObject { ["metadata"] = metadata, ["spec"] = template["spec"]?.DeepClone() };
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>A stored pod's spec is fixed but for images and a few fields.</summary>
internal static class PodUpdates
{
    private static readonly string[] Changeable = ["activeDeadlineSeconds", "tolerations", "schedulingGates"];

    public static IEnumerable<InvalidField> Check(JsonObject old, JsonObject item)
    {
        if (!JsonNode.DeepEquals(Fixed(old), Fixed(item)))
        {
            yield return InvalidField.Forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static JsonObject Fixed(JsonObject pod)
    {
        var spec = (pod["spec"] as JsonObject ?? []).Copy();
        if (spec.Number("terminationGracePeriodSeconds") is < 0)
        {
            spec["terminationGracePeriodSeconds"] = 1;
        }

        foreach (var field in Changeable)
        {
            spec.Remove(field);
        }

        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            container.Remove("image");
        }

        return spec;
    }
}

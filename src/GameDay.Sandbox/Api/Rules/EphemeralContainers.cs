using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Ephemeral containers only ever grow in number: none may change, go, or be named as another.</summary>
internal static class EphemeralContainers
{
    private const string Path = "spec.ephemeralContainers";
    private static readonly string[] Forbidden = ["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resources", "resizePolicy"];

    public static void Check(JsonObject old, JsonObject pod)
    {
        var wrong = Additive(old, pod).Concat(WellFormed(pod)).ToList();
        if (wrong.Count > 0)
        {
            throw ApiException.Invalid(ResourceTypes.Pods, pod.Name(), wrong);
        }
    }

    private static IEnumerable<InvalidField> Additive(JsonObject old, JsonObject pod)
    {
        var now = pod.Items("spec", "ephemeralContainers").ToList();
        foreach (var before in old.Items("spec", "ephemeralContainers"))
        {
            var name = before.Text("name");
            var after = now.Find(container => container.Text("name") == name);
            if (after is null)
            {
                yield return InvalidField.Forbidden(Path, $"existing ephemeral containers \"{name}\" may not be removed");
            }
            else if (!JsonNode.DeepEquals(before, after))
            {
                yield return InvalidField.Forbidden(Path, $"existing ephemeral containers \"{name}\" may not be changed");
            }
        }
    }

    private static IEnumerable<InvalidField> WellFormed(JsonObject pod)
    {
        var others = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).Select(c => c.Text("name") ?? "");
        var names = others.ToHashSet(StringComparer.Ordinal);
        var targets = names.ToHashSet(StringComparer.Ordinal);
        foreach (var (index, container) in pod.Items("spec", "ephemeralContainers").Index())
        {
            var path = $"{Path}[{index}]";
            foreach (var wrong in PodSpecs.Container(container, path, names))
            {
                yield return wrong;
            }

            // Go clients such as kubectl debug send an empty struct for a field they leave out.
            foreach (var field in Forbidden.Where(field => container[field] is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 })))
            {
                yield return InvalidField.Forbidden($"{path}.{field}", "cannot be set for an Ephemeral Container");
            }

            if (container.Text("targetContainerName") is { Length: > 0 } target && !targets.Contains(target))
            {
                yield return InvalidField.NotFound($"{path}.targetContainerName", target);
            }
        }
    }
}

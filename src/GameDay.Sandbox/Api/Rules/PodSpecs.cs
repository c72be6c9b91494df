using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>What every pod spec needs: at least one container, names without duplicates, images.</summary>
internal static class PodSpecs
{
    public static IEnumerable<InvalidField> Check(JsonNode? spec, string path)
    {
        if (!spec.Items("containers").Any())
        {
            yield return InvalidField.Required($"{path}.containers");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in new[] { "initContainers", "containers" })
        {
            foreach (var (index, container) in spec.Items(list).Index())
            {
                foreach (var wrong in Container(container, $"{path}.{list}[{index}]", names))
                {
                    yield return wrong;
                }
            }
        }
    }

    public static IEnumerable<InvalidField> Container(JsonObject container, string path, HashSet<string> names)
    {
        var name = container.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            yield return InvalidField.Required($"{path}.name");
        }
        else if (!names.Add(name))
        {
            yield return InvalidField.Duplicate($"{path}.name", name);
        }

        if (string.IsNullOrEmpty(container.Text("image")))
        {
            yield return InvalidField.Required($"{path}.image");
        }
    }
}

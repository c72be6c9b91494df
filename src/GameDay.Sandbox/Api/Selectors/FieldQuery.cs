using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Selectors;

/// <summary>A field selector: <c>spec.nodeName=node-a1,status.phase!=Failed</c>; only the fields the API indexes.</summary>
internal sealed class FieldQuery
{
    private static readonly string[] Everywhere = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<ResourceType, string[]> Fields = new()
    {
        [ResourceTypes.Pods] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.nominatedNodeName",
        ],
        [ResourceTypes.Events] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        [ResourceTypes.Nodes] = ["spec.unschedulable"],
        [ResourceTypes.Namespaces] = ["status.phase"],
        [ResourceTypes.Secrets] = ["type"],
        [ResourceTypes.ReplicaSets] = ["status.replicas"],
    };

    private readonly List<(string[] Path, bool Equal, string Value)> requirements = [];

    public bool IsEverything => requirements.Count == 0;

    public bool Matches(StoredObject item)
    {
        JsonObject? whole = null;
        return requirements.TrueForAll(r => ((Fact(item.Facts, r.Path) ?? (whole ??= item.Parse()).Text(r.Path) ?? "") == r.Value) == r.Equal);
    }

    /// <summary>What is known without reading the object.</summary>
    private static string? Fact(ObjectFacts facts, string[] path) => path switch
    {
        ["metadata", "name"] => facts.Name,
        ["metadata", "namespace"] => facts.Namespace,
        ["spec", "nodeName"] => facts.Node ?? "",
        ["status", "phase"] => facts.Phase ?? "",
        _ => null,
    };

    /// <summary>The one name that a selector leaves over, when it asks for it by name.</summary>
    public static string? NameIn(string selector) => selector.Split(',').Select(part => part.Split('=', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(sides => sides is ["metadata.name", _])
        .Select(sides => sides[1])
        .FirstOrDefault();

    public static FieldQuery Parse(ResourceType type, string? text)
    {
        var query = new FieldQuery();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equal = !part.Contains("!=", StringComparison.Ordinal);
            var sides = part.Split(equal ? ["==", "="] : ["!="], 2, StringSplitOptions.TrimEntries);
            if (sides.Length != 2)
            {
                throw ApiException.BadRequest($"invalid selector: '{text}'; can't understand '{part}'");
            }

            query.requirements.Add((PathOf(type, sides[0]), equal, sides[1]));
        }

        return query;
    }

    private static string[] PathOf(ResourceType type, string field)
    {
        if (!Everywhere.Contains(field, StringComparer.Ordinal) && !Fields.GetValueOrDefault(type, []).Contains(field, StringComparer.Ordinal))
        {
            throw ApiException.BadRequest($"field label not supported: {field}");
        }

        return field == "source" ? ["source", "component"] : field.Split('.');
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>A pod spec as the Pod Security levels look at it, and their way of naming what is wrong.</summary>
internal sealed class CheckedPod(JsonNode? spec)
{
    public JsonNode? Spec { get; } = spec;

    public IReadOnlyList<JsonObject> Containers { get; } = [.. new[] { "initContainers", "containers", "ephemeralContainers" }.SelectMany(list => spec.Items(list))];

    public IEnumerable<JsonObject> Volumes => Spec.Items("volumes");

    public static string Name(JsonObject item) => item.Text("name") ?? "";

    public static JsonNode? Context(JsonObject container, params ReadOnlySpan<string> path) => container["securityContext"].At(path);

    /// <summary>Names of the containers for which something holds.</summary>
    public IReadOnlyList<string> Where(Func<JsonObject, bool> holds) => [.. Containers.Where(holds).Select(Name)];

    /// <summary><c>container "a"</c> or <c>containers "a", "b"</c>.</summary>
    public static string Some(string noun, IReadOnlyCollection<string> names) => $"{noun}{(names.Count == 1 ? "" : "s")} {Quoted(names)}";

    public static string Quoted(IEnumerable<string> names) => $"\"{string.Join("\", \"", names)}\"";
}

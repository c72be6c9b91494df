using System.Text.Json.Nodes;

namespace GameDay.Benchmarks.Cluster;

/// <summary>Short ways into Kubernetes objects as JSON.</summary>
internal static class Objects
{
    public static string Name(this JsonObject o) => o["metadata"]!["name"]!.GetValue<string>();

    public static string Namespace(this JsonObject o) => o["metadata"]!["namespace"]!.GetValue<string>();

    public static string Uid(this JsonObject o) => o["metadata"]!["uid"]!.GetValue<string>();

    public static long Version(this JsonObject o) => long.Parse(o["metadata"]!["resourceVersion"]!.GetValue<string>());

    public static string? Label(this JsonObject o, string key) => o["metadata"]!["labels"]?[key]?.GetValue<string>();
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Pod Security Admission by the namespace's labels: <c>enforce</c> refuses, <c>warn</c> warns; <c>-version</c> is only named.</summary>
internal static class PodSecurity
{
    private const string Prefix = "pod-security.kubernetes.io/";

    public static void Check(ClusterStore store, JsonObject pod)
    {
        if (Broken(store, pod.Namespace(), "enforce", pod["spec"]) is { } broken)
        {
            throw ApiException.Forbidden(ResourceTypes.Pods, pod.Name().Length > 0 ? pod.Name() : pod.Text("metadata", "generateName") ?? "", $"violates PodSecurity {broken}");
        }
    }

    /// <summary>Tells the client of a pod, or of a workload's template, what the level to warn at would refuse.</summary>
    public static void Warn(ClusterStore store, ApiCall call, JsonObject item)
    {
        var spec = call.Type == ResourceTypes.Pods ? item["spec"] : item.At("spec", "template", "spec");
        if (spec is not null && call.Namespace is { } ns && Broken(store, ns, "warn", spec) is { } broken)
        {
            call.Http.Response.Headers.Append("Warning", $"299 - \"would violate PodSecurity {broken.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
    }

    private static string? Broken(ClusterStore store, string ns, string mode, JsonNode? spec)
    {
        var labels = store.FindStored(ResourceTypes.Namespaces, null, ns)?.Facts.Labels;
        if (labels?.GetValueOrDefault(Prefix + mode) is not ("baseline" or "restricted") || labels[Prefix + mode] is not { } level)
        {
            return null;
        }

        var pod = new CheckedPod(spec);
        var broken = (level == "baseline" ? BaselineLevel.Broken(pod) : RestrictedLevel.Broken(pod)).ToList();
        var version = labels.GetValueOrDefault($"{Prefix}{mode}-version", "latest");
        return broken.Count == 0 ? null : $"\"{level}:{version}\": {string.Join(", ", broken)}";
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>The restricted level of the Pod Security Standards, in the order and words of Kubernetes.</summary>
internal static class RestrictedLevel
{
    private static readonly HashSet<string> VolumeTypes = new(StringComparer.Ordinal)
    {
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
    };

    public static IEnumerable<string> Broken(CheckedPod pod) => BaselineLevel.BrokenBesideRestricted(pod)
        .Concat(new[] { Escalation(pod), Capabilities(pod), Volumes(pod), NonRoot(pod), RootUser(pod), Seccomp(pod) }.OfType<string>());

    private static string? Escalation(CheckedPod pod)
    {
        var names = pod.Where(container => !IsFalse(CheckedPod.Context(container, "allowPrivilegeEscalation")));
        return names.Count == 0 ? null : $"allowPrivilegeEscalation != false ({CheckedPod.Some("container", names)} must set securityContext.allowPrivilegeEscalation=false)";
    }

    private static string? Capabilities(CheckedPod pod)
    {
        var keeping = pod.Where(container => !container.Texts("securityContext", "capabilities", "drop").Contains("ALL", StringComparer.Ordinal));
        var adding = pod.Where(container => Added(container).Any());
        var details = new List<string>();
        if (keeping.Count > 0)
        {
            details.Add($"{CheckedPod.Some("container", keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        if (adding.Count > 0)
        {
            var all = pod.Containers.SelectMany(Added).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            details.Add($"{CheckedPod.Some("container", adding)} must not include {CheckedPod.Quoted(all)} in securityContext.capabilities.add");
        }

        return details.Count == 0 ? null : $"unrestricted capabilities ({string.Join("; ", details)})";

        static IEnumerable<string> Added(JsonObject container) =>
            container.Texts("securityContext", "capabilities", "add").Where(capability => capability != "NET_BIND_SERVICE");
    }

    private static string? Volumes(CheckedPod pod)
    {
        var bad = pod.Volumes.Select(volume => (Name: CheckedPod.Name(volume), Type: volume.Select(field => field.Key).FirstOrDefault(key => key != "name") ?? "unknown"))
            .Where(volume => !VolumeTypes.Contains(volume.Type))
            .ToList();
        var types = bad.Select(volume => volume.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return bad.Count == 0 ? null
            : $"restricted volume types ({CheckedPod.Some("volume", [.. bad.Select(volume => volume.Name)])} {(bad.Count == 1 ? "uses" : "use")} {CheckedPod.Some("restricted volume type", types)})";
    }

    private static string? NonRoot(CheckedPod pod)
    {
        var inPod = pod.Spec.At("securityContext", "runAsNonRoot");
        var saying = pod.Where(container => IsFalse(CheckedPod.Context(container, "runAsNonRoot")));
        var silent = pod.Where(container => CheckedPod.Context(container, "runAsNonRoot") is null);
        if (saying.Count > 0)
        {
            return $"runAsNonRoot != true ({CheckedPod.Some("container", saying)} must not set securityContext.runAsNonRoot=false)";
        }

        return silent.Count == 0 || inPod.IsTrue() ? null
            : IsFalse(inPod) ? "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"
            : $"runAsNonRoot != true (pod or {CheckedPod.Some("container", silent)} must set securityContext.runAsNonRoot=true)";
    }

    private static string? RootUser(CheckedPod pod)
    {
        var names = pod.Where(container => container.Number("securityContext", "runAsUser") == 0);
        return pod.Spec.Number("securityContext", "runAsUser") == 0 ? "runAsUser=0 (pod must not set runAsUser=0)"
            : names.Count > 0 ? $"runAsUser=0 ({CheckedPod.Some("container", names)} must not set runAsUser=0)"
            : null;
    }

    private static string? Seccomp(CheckedPod pod)
    {
        static bool Good(string? type) => type is "RuntimeDefault" or "Localhost";
        var podSays = pod.Spec.Text("securityContext", "seccompProfile", "type");
        var names = pod.Where(container => !Good(container.Text("securityContext", "seccompProfile", "type") ?? podSays));
        return names.Count == 0 ? null
            : $"seccompProfile (pod or {CheckedPod.Some("container", names)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";
    }

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && !flag;
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>The baseline level of the Pod Security Standards, in the order and words of Kubernetes (without AppArmor, SELinux, sysctls and Windows).</summary>
internal static class BaselineLevel
{
    private static readonly HashSet<string> Capabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    };

    public static IEnumerable<string> Broken(CheckedPod pod) =>
        new[] { AddedCapabilities(pod), HostNamespaces(pod), HostPaths(pod), HostPorts(pod), Privileged(pod), ProcMount(pod), Seccomp(pod) }.OfType<string>();

    /// <summary>What the restricted level does not replace by something stricter.</summary>
    public static IEnumerable<string> BrokenBesideRestricted(CheckedPod pod) =>
        new[] { HostNamespaces(pod), HostPorts(pod), Privileged(pod), ProcMount(pod) }.OfType<string>();

    private static string? AddedCapabilities(CheckedPod pod)
    {
        var bad = pod.Containers.Where(container => Added(container).Any()).ToList();
        var all = bad.SelectMany(Added).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return bad.Count == 0 ? null
            : $"non-default capabilities ({CheckedPod.Some("container", [.. bad.Select(CheckedPod.Name)])} must not include {CheckedPod.Quoted(all)} in securityContext.capabilities.add)";

        static IEnumerable<string> Added(JsonObject container) =>
            container.Texts("securityContext", "capabilities", "add").Where(capability => !Capabilities.Contains(capability));
    }

    private static string? HostNamespaces(CheckedPod pod)
    {
        var set = new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(field => pod.Spec.IsTrue(field)).Select(field => $"{field}=true").ToList();
        return set.Count == 0 ? null : $"host namespaces ({string.Join(", ", set)})";
    }

    private static string? HostPaths(CheckedPod pod)
    {
        var volumes = pod.Volumes.Where(volume => volume["hostPath"] is not null).Select(CheckedPod.Name).ToList();
        return volumes.Count == 0 ? null : $"hostPath volumes ({CheckedPod.Some("volume", volumes)})";
    }

    private static string? HostPorts(CheckedPod pod)
    {
        var names = pod.Where(container => container.Items("ports").Any(port => port.Number("hostPort") > 0));
        var ports = pod.Containers.SelectMany(container => container.Items("ports")).Select(port => port.Number("hostPort") ?? 0).Where(port => port > 0).Distinct().Order().ToList();
        return names.Count == 0 ? null
            : $"hostPort ({CheckedPod.Some("container", names)} {(names.Count == 1 ? "uses" : "use")} hostPort{(ports.Count == 1 ? "" : "s")} {string.Join(", ", ports)})";
    }

    private static string? Privileged(CheckedPod pod)
    {
        var names = pod.Where(container => container.IsTrue("securityContext", "privileged"));
        return names.Count == 0 ? null : $"privileged ({CheckedPod.Some("container", names)} must not set securityContext.privileged=true)";
    }

    private static string? ProcMount(CheckedPod pod)
    {
        var names = pod.Where(container => container.Text("securityContext", "procMount") is not (null or "Default"));
        return names.Count == 0 ? null : $"procMount ({CheckedPod.Some("container", names)} must not set securityContext.procMount to \"Unmasked\")";
    }

    private static string? Seccomp(CheckedPod pod)
    {
        var names = pod.Where(container => container.Text("securityContext", "seccompProfile", "type") == "Unconfined");
        var who = new List<string>();
        if (pod.Spec.Text("securityContext", "seccompProfile", "type") == "Unconfined")
        {
            who.Add("pod");
        }

        if (names.Count > 0)
        {
            who.Add(CheckedPod.Some("container", names));
        }

        return who.Count == 0 ? null : $"seccompProfile ({string.Join(" and ", who)} must not set securityContext.seccompProfile.type to \"Unconfined\")";
    }
}

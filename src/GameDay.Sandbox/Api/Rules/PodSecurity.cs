using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Pod Security Admission by the namespace's enforce label, as far as a fault agent meets it.</summary>
internal static class PodSecurity
{
    private const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    private static readonly HashSet<string> BaselineCapabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    };

    public static void Check(ClusterStore store, JsonObject pod)
    {
        var level = store.Find(ResourceTypes.Namespaces, null, pod.Namespace())?.Labels().GetValueOrDefault(EnforceLabel);
        if (level is not ("baseline" or "restricted"))
        {
            return;
        }

        var broken = Baseline(pod).Concat(level == "restricted" ? Restricted(pod) : []).ToList();
        if (broken.Count > 0)
        {
            throw ApiException.Forbidden(ResourceTypes.Pods, pod.Name(), $"violates PodSecurity \"{level}:latest\": {string.Join(", ", broken)}");
        }
    }

    private static IEnumerable<string> Baseline(JsonObject pod)
    {
        foreach (var field in new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(field => pod.IsTrue("spec", field)))
        {
            yield return $"host namespaces ({field}=true)";
        }

        foreach (var container in Containers(pod))
        {
            if (container.IsTrue("securityContext", "privileged"))
            {
                yield return $"privileged (container \"{container.Text("name")}\" must not set securityContext.privileged=true)";
            }

            var extra = container.Texts("securityContext", "capabilities", "add").Where(c => !BaselineCapabilities.Contains(c)).ToList();
            if (extra.Count > 0)
            {
                yield return $"non-default capabilities (container \"{container.Text("name")}\" must not include \"{string.Join("\", \"", extra)}\" in securityContext.capabilities.add)";
            }
        }
    }

    private static IEnumerable<string> Restricted(JsonObject pod)
    {
        foreach (var container in Containers(pod))
        {
            var name = container.Text("name");
            if (container.At("securityContext", "allowPrivilegeEscalation")?.ToJsonString() != "false")
            {
                yield return $"allowPrivilegeEscalation != false (container \"{name}\" must set securityContext.allowPrivilegeEscalation=false)";
            }

            if (!container.Texts("securityContext", "capabilities", "drop").Contains("ALL", StringComparer.Ordinal))
            {
                yield return $"unrestricted capabilities (container \"{name}\" must set securityContext.capabilities.drop=[\"ALL\"])";
            }

            if (!container.IsTrue("securityContext", "runAsNonRoot") && !pod.IsTrue("spec", "securityContext", "runAsNonRoot"))
            {
                yield return $"runAsNonRoot != true (pod or container \"{name}\" must set securityContext.runAsNonRoot=true)";
            }
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        new[] { "initContainers", "containers", "ephemeralContainers" }.SelectMany(list => pod.Items("spec", list));
}

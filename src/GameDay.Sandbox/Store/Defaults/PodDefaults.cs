using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store.Defaults;

/// <summary>Defaults of a pod and of the pod template inside a workload.</summary>
internal static class PodDefaults
{
    public static void Apply(JsonObject pod)
    {
        var spec = pod.Ensure("spec");
        Template(spec);
        spec.Default("serviceAccountName", "default");
        spec.Default("serviceAccount", spec.Text("serviceAccountName") ?? "default");
        spec.Default("enableServiceLinks", true);
        spec.Default("priority", 0);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        Tolerate(spec, "node.kubernetes.io/not-ready");
        Tolerate(spec, "node.kubernetes.io/unreachable");
        var status = pod.Ensure("status");
        status.Default("phase", "Pending");
        status.Default("qosClass", QosClass(spec));
    }

    public static void Template(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("securityContext", new JsonObject());
        spec.Default("schedulerName", "default-scheduler");
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            Container(container);
            container.Default("resources", new JsonObject());
        }

        foreach (var container in spec.Items("ephemeralContainers"))
        {
            Container(container);
        }
    }

    /// <summary>Every pod bears a lost node for five minutes unless it says otherwise.</summary>
    private static void Tolerate(JsonObject spec, string key)
    {
        if (!spec.Items("tolerations").Any(one => (one.Text("key") ?? key) == key && one.Text("effect") is null or "NoExecute"))
        {
            spec.EnsureList("tolerations").Add((JsonNode)new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
        }
    }

    private static void Container(JsonObject container)
    {
        var image = container.Text("image") ?? "";
        var latest = !image.Contains('@') && (image.EndsWith(":latest", StringComparison.Ordinal) || !image[(image.LastIndexOf('/') + 1)..].Contains(':'));
        container.Default("imagePullPolicy", latest ? "Always" : "IfNotPresent");
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        foreach (var port in container.Items("ports"))
        {
            port.Default("protocol", "TCP");
        }

        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" }.Select(name => container[name]).OfType<JsonObject>())
        {
            Probe(probe);
        }
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe["httpGet"] is JsonObject get)
        {
            get.Default("scheme", "HTTP");
            get.Default("path", "/");
        }
    }

    private static string QosClass(JsonObject spec)
    {
        var containers = spec.Items("containers").ToList();
        bool Guaranteed(JsonObject container) =>
            container.At("resources", "limits", "cpu") is { } && container.At("resources", "limits", "memory") is { }
            && (container.At("resources", "requests") is null
                || JsonNode.DeepEquals(container.At("resources", "requests"), container.At("resources", "limits")));
        if (containers.Count > 0 && containers.TrueForAll(Guaranteed))
        {
            return "Guaranteed";
        }

        return containers.Exists(container => container.Map("resources", "requests").Count + container.Map("resources", "limits").Count > 0)
            ? "Burstable"
            : "BestEffort";
    }
}

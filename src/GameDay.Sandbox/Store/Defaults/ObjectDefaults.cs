using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store.Defaults;

/// <summary>Fills in what a client may leave out, as the API server does before it stores an object.</summary>
internal static class ObjectDefaults
{
    public static void Apply(ResourceType type, JsonObject item)
    {
        if (type == ResourceTypes.Pods)
        {
            PodDefaults.Apply(item);
        }
        else if (type == ResourceTypes.Deployments)
        {
            WorkloadDefaults.Deployment(item);
        }
        else if (type == ResourceTypes.ReplicaSets)
        {
            WorkloadDefaults.Replicas(item);
        }
        else if (type == ResourceTypes.StatefulSets)
        {
            WorkloadDefaults.StatefulSet(item);
        }
        else if (type == ResourceTypes.HorizontalPodAutoscalers)
        {
            item.Ensure("spec").Default("minReplicas", 1);
        }
        else if (type == ResourceTypes.Services)
        {
            ServiceDefaults.Apply(item);
        }
        else if (type == ResourceTypes.Namespaces)
        {
            Namespace(item);
        }
        else if (type == ResourceTypes.NetworkPolicies)
        {
            NetworkPolicy(item);
        }
        else if (type == ResourceTypes.Secrets)
        {
            item.Default("type", "Opaque");
        }
    }

    /// <summary>Sets a property only where it is missing.</summary>
    public static void Default(this JsonObject item, string name, JsonNode value)
    {
        if (item[name] is null)
        {
            item[name] = value;
        }
    }

    private static void Namespace(JsonObject item)
    {
        item.Ensure("metadata", "labels")["kubernetes.io/metadata.name"] = item.Name();
        if (!item.IsDeleting())
        {
            item.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
        }

        item.Ensure("status").Default("phase", "Active");
    }

    private static void NetworkPolicy(JsonObject item)
    {
        var spec = item.Ensure("spec");
        spec.Default("podSelector", new JsonObject());
        spec.Default("policyTypes", spec.ContainsKey("egress") ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
        foreach (var port in spec.Items("ingress").Concat(spec.Items("egress")).SelectMany(rule => rule.Items("ports")))
        {
            port.Default("protocol", "TCP");
        }
    }
}

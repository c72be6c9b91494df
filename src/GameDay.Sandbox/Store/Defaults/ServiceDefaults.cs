using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store.Defaults;

/// <summary>Defaults of a service. Its cluster address is given out by the service controller.</summary>
internal static class ServiceDefaults
{
    public static void Apply(JsonObject service)
    {
        var spec = service.Ensure("spec");
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        spec.Default("internalTrafficPolicy", "Cluster");
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", "SingleStack");
        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            port.Default("targetPort", port["port"]?.DeepClone() ?? 80);
        }

        service.Ensure("status", "loadBalancer");
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Gives services their cluster address, x.y.200.z of the sandbox's subnet.</summary>
internal sealed class ServiceAddresses(ClusterStore store, SandboxOptions options)
{
    private const uint Size = 254;
    private uint last = uint.MaxValue;

    /// <summary>Sets the address where a service lacks one; headless and external services have none.</summary>
    public void Assign(JsonObject service)
    {
        var spec = service.Ensure("spec");
        if (spec.Text("type") == "ExternalName" || spec.Text("clusterIP") is { Length: > 0 })
        {
            return;
        }

        var address = Next();
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(address);
    }

    /// <summary>A client that replaces a service without naming its address means the one it has.</summary>
    public static void Keep(JsonObject old, JsonObject service)
    {
        if (string.IsNullOrEmpty(service.Text("spec", "clusterIP")) && service.Text("spec", "type") != "ExternalName")
        {
            service.Ensure("spec").Put("clusterIP", old.At("spec", "clusterIP")?.DeepClone());
            service.Ensure("spec").Put("clusterIPs", old.At("spec", "clusterIPs")?.DeepClone());
        }
    }

    private string Next()
    {
        var taken = store.List(ResourceTypes.Services).Select(service => service.Text("spec", "clusterIP")).ToHashSet(StringComparer.Ordinal);
        for (var tries = 0; tries < Size; tries++)
        {
            // Going round, instead of taking the first free one, keeps two creations at once apart.
            var address = $"{options.Subnet}.200.{(Interlocked.Increment(ref last) % Size) + 1}";
            if (!taken.Contains(address))
            {
                return address;
            }
        }

        throw new ApiException(500, "InternalError", "failed to allocate a serviceIP: range is full");
    }
}

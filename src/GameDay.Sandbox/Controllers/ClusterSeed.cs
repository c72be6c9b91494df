using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Discovery;
using GameDay.Sandbox.Api.Security.Rbac;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>What a fresh cluster has: four namespaces, the roles of every cluster and six ready nodes in three zones.</summary>
internal static class ClusterSeed
{
    private const string Region = "sandbox-1";
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];
    private static readonly string[] Zones = ["a", "b", "c"];
    private const int NodesPerZone = 2;

    public static void Plant(ClusterStore store, SandboxOptions options)
    {
        foreach (var ns in Namespaces)
        {
            store.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = ns } });
        }

        BootstrapRoles.Plant(store);
        var number = 0;
        foreach (var zone in Zones)
        {
            for (var i = 1; i <= NodesPerZone; i++)
            {
                store.Create(ResourceTypes.Nodes, Node($"node-{zone}{i}", zone, $"{options.Subnet}.0.{10 + ++number}", store.Clock.GetUtcNow()));
            }
        }
    }

    private static JsonObject Node(string name, string zone, string address, DateTimeOffset now) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject
            {
                ["kubernetes.io/hostname"] = name,
                ["kubernetes.io/os"] = "linux",
                ["kubernetes.io/arch"] = "amd64",
                ["topology.kubernetes.io/region"] = Region,
                ["topology.kubernetes.io/zone"] = zone,
                ["node.kubernetes.io/instance-type"] = "sandbox",
            },
        },
        ["spec"] = new JsonObject { ["providerID"] = $"sandbox:///{zone}/{name}" },
        ["status"] = new JsonObject
        {
            ["capacity"] = Resources("4", "16Gi"),
            ["allocatable"] = Resources("3900m", "15Gi"),
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = address },
                new JsonObject { ["type"] = "Hostname", ["address"] = name }),
            ["conditions"] = new JsonArray(
                Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now),
                Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
                Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
                Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now)),
            ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = 10250 } },
            ["nodeInfo"] = new JsonObject
            {
                ["kubeletVersion"] = ServerVersion.GitVersion,
                ["kubeProxyVersion"] = "",
                ["osImage"] = "GameDay sandbox",
                ["operatingSystem"] = "linux",
                ["architecture"] = "amd64",
                ["kernelVersion"] = Environment.OSVersion.Version.ToString(),
                ["containerRuntimeVersion"] = "sandbox://1",
                ["machineID"] = name,
                ["systemUUID"] = name,
                ["bootID"] = name,
            },
        },
    };

    private static JsonObject Resources(string cpu, string memory) =>
        new() { ["cpu"] = cpu, ["memory"] = memory, ["pods"] = "2000", ["ephemeral-storage"] = "100Gi" };

    private static JsonNode Condition(string type, string status, string reason, string message, DateTimeOffset now) => new JsonObject
    {
        ["type"] = type,
        ["status"] = status,
        ["lastHeartbeatTime"] = now.ToKubernetesTime(),
        ["lastTransitionTime"] = now.ToKubernetesTime(),
        ["reason"] = reason,
        ["message"] = message,
    };
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Each node's sign of life: its Lease in kube-node-lease, renewed every ten seconds.</summary>
public sealed class NodeHeartbeat(ClusterStore store, SilentNodes silent)
{
    private const string LeaseNamespace = "kube-node-lease";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, store.Clock);
        do
        {
            foreach (var node in store.List(ResourceTypes.Nodes).Where(node => !silent.Contains(node.Name())))
            {
                Renew(node);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private void Renew(JsonObject node)
    {
        var now = store.Clock.GetUtcNow().ToKubernetesMicroTime();
        if (store.TryMutate(ResourceTypes.Leases, LeaseNamespace, node.Name(), lease => lease.Ensure("spec")["renewTime"] = now) is null)
        {
            store.Create(ResourceTypes.Leases, new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = node.Name(), ["namespace"] = LeaseNamespace },
                ["spec"] = new JsonObject { ["holderIdentity"] = node.Name(), ["leaseDurationSeconds"] = 40, ["renewTime"] = now },
            });
        }
    }
}

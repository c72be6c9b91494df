using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>Keeps the topology's services, policies and namespaces as the store has them. Pods come from the kubelets.</summary>
public sealed class TopologyFeed(ClusterStore store, Topology topology)
{
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        FollowAsync(ResourceTypes.Services, Service, stopping),
        FollowAsync(ResourceTypes.NetworkPolicies, Policy, stopping),
        FollowAsync(ResourceTypes.Namespaces, change => topology.PutNamespace(change.Object), stopping));

    private async Task FollowAsync(ResourceType type, Action<StoreEvent> apply, CancellationToken stopping)
    {
        await foreach (var change in store.Watch(type, cancellationToken: stopping))
        {
            apply(change);
        }
    }

    private void Service(StoreEvent change)
    {
        if (change.Type == StoreEvent.Deleted)
        {
            topology.RemoveService(change.Object);
        }
        else
        {
            topology.PutService(change.Object);
        }
    }

    private void Policy(StoreEvent change)
    {
        if (change.Type == StoreEvent.Deleted)
        {
            topology.RemovePolicy(change.Object);
        }
        else
        {
            topology.PutPolicy(change.Object);
        }
    }
}

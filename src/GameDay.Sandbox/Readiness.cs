using GameDay.Sandbox.Store;

namespace GameDay.Sandbox;

/// <summary>When the cluster is ready to be used.</summary>
public static class Readiness
{
    /// <summary>Waits until every deployment has all its replicas available.</summary>
    public static async Task DeploymentsAvailableAsync(ClusterStore store, CancellationToken cancellationToken)
    {
        if (AreAvailable(store))
        {
            return;
        }

        await foreach (var change in store.Watch(ResourceTypes.Deployments, cancellationToken: cancellationToken))
        {
            if (change.Type != StoreEvent.Deleted && AreAvailable(store))
            {
                return;
            }
        }
    }

    private static bool AreAvailable(ClusterStore store) => store.List(ResourceTypes.Deployments).All(item =>
        item.Number("status", "observedGeneration") >= item.Number("metadata", "generation")
        && (item.Number("status", "availableReplicas") ?? 0) >= (item.Number("spec", "replicas") ?? 1));
}

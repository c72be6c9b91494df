using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Moves a deployment's pods from old ReplicaSets to the one of its present template.</summary>
internal sealed class DeploymentController(ClusterStore store) : IController
{
    private readonly ReplicaSetsOf sets = new(store);
    private readonly DeploymentStatus report = new(store);

    public IEnumerable<Source> Sources =>
    [
        Source.Itself(ResourceTypes.Deployments),
        new(ResourceTypes.ReplicaSets, PodKeys.Owner(store, ResourceTypes.Deployments)),
        new(ResourceTypes.Pods, DeletedPods),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.Deployments, key.Namespace, key.Name) is not { } deployment || deployment.IsDeleting())
        {
            return null;
        }

        var rollout = sets.Find(deployment);
        if (rollout.New is null && !deployment.IsTrue("spec", "paused"))
        {
            rollout = sets.CreateNew(deployment, rollout);
        }

        foreach (var (set, replicas) in RolloutPlan.Next(deployment, rollout))
        {
            sets.Scale(deployment, set, replicas);
        }

        sets.Forget(deployment, rollout);
        return report.Write(deployment, sets.Find(deployment));
    }

    /// <summary>A Recreate rollout waits until the last old pod is gone, which changes no ReplicaSet.</summary>
    private IEnumerable<ObjectKey> DeletedPods(Change change) =>
        change.Type != StoreEvent.Deleted || change.Now.Facts.Controller is not { } set ? []
        : store.Facts(ResourceTypes.ReplicaSets, change.Now.Facts.Namespace).FirstOrDefault(one => one.Uid == set) is { Controller: { } deployment }
            ? store.Facts(ResourceTypes.Deployments, change.Now.Facts.Namespace).Where(one => one.Uid == deployment).Select(ObjectKey.Of)
            : PodKeys.Neighbours(store, ResourceTypes.Deployments)(change);
}

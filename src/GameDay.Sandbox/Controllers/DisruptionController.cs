using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Works out how many pods each PodDisruptionBudget lets go now.</summary>
internal sealed class DisruptionController(ClusterStore store) : IController
{
    private static readonly TimeSpan EvictionMayTake = TimeSpan.FromMinutes(2);
    private readonly Pace pace = new(store.Clock, TimeSpan.FromMilliseconds(100));

    public IEnumerable<Source> Sources =>
    [
        Source.Itself(ResourceTypes.PodDisruptionBudgets),
        new(ResourceTypes.Pods, PodKeys.Neighbours(store, ResourceTypes.PodDisruptionBudgets)),
        new(ResourceTypes.ReplicaSets, PodKeys.Neighbours(store, ResourceTypes.PodDisruptionBudgets)),
        new(ResourceTypes.Deployments, PodKeys.Neighbours(store, ResourceTypes.PodDisruptionBudgets)),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        var again = pace.Left(key);
        if (again is not null)
        {
            return again;
        }

        store.TryMutate(ResourceTypes.PodDisruptionBudgets, key.Namespace, key.Name, budget =>
        {
            var selector = LabelMatcher.Of(budget.At("spec", "selector"));
            var pods = store.Facts(ResourceTypes.Pods, key.Namespace)
                .Where(pod => pod.IsActive && selector.Matches(pod.Labels))
                .ToList();
            again = Write(budget, pods);
            pace.Done(key, pods.Count);
        });
        return again;
    }

    private TimeSpan? Write(JsonObject budget, List<ObjectFacts> pods)
    {
        var now = store.Clock.GetUtcNow();
        var status = budget.Ensure("status");
        var leaving = StillLeaving(status, pods, now);
        var expected = Expected(pods);
        var healthy = pods.Count(pod => pod.IsReady && !leaving.ContainsKey(pod.Name));
        var desired = Desired(budget, expected);
        var allowed = Math.Max(0, healthy - desired);
        status.Put("disruptedPods", leaving.Count == 0 ? null : leaving);
        status["expectedPods"] = expected;
        status["currentHealthy"] = healthy;
        status["desiredHealthy"] = desired;
        status["disruptionsAllowed"] = allowed;
        status["observedGeneration"] = budget.Number("metadata", "generation");
        Conditions.Set(budget, "DisruptionAllowed", allowed > 0 ? "True" : "False", now, allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
        return leaving.Count == 0 ? null : EvictionMayTake;
    }

    /// <summary>Pods that were evicted but are not seen to go yet; after two minutes they count again.</summary>
    private static JsonObject StillLeaving(JsonObject status, List<ObjectFacts> pods, DateTimeOffset now)
    {
        var leaving = new JsonObject();
        foreach (var (name, _) in status.Map("disruptedPods"))
        {
            if (pods.Exists(pod => pod.Name == name) && status.Time("disruptedPods", name) is { } since && now - since < EvictionMayTake)
            {
                leaving[name] = since.ToKubernetesTime();
            }
        }

        return leaving;
    }

    /// <summary>The replicas that the pods' owners want, so that a missing pod counts as missing.</summary>
    private int Expected(List<ObjectFacts> pods)
    {
        var alone = pods.Count(pod => pod.Controller is null);
        var owners = pods.Select(pod => pod.Controller).OfType<string>().Distinct(StringComparer.Ordinal);
        var tops = owners.Select(TopOwner).OfType<JsonObject>().DistinctBy(owner => owner.Uid());
        return alone + tops.Sum(owner => owner.Number("spec", "replicas") ?? 1);
    }

    private JsonObject? TopOwner(string uid)
    {
        foreach (var type in new[] { ResourceTypes.ReplicaSets, ResourceTypes.StatefulSets })
        {
            if (Find(type, null, uid) is { } owner)
            {
                return Find(ResourceTypes.Deployments, owner.Namespace(), Dependents.Controller(owner)) ?? owner;
            }
        }

        return null;
    }

    private JsonObject? Find(ResourceType type, string? ns, string? uid) =>
        store.Snapshot(type, ns).Items.Find(item => item.Uid == uid)?.Parse();

    private static int Desired(JsonObject budget, int expected)
    {
        if (budget.Text("spec", "maxUnavailable") is { } most)
        {
            return Math.Max(0, expected - IntOrPercent.Of(most, expected, roundUp: true));
        }

        return IntOrPercent.Of(budget.Text("spec", "minAvailable") ?? "1", expected, roundUp: true);
    }
}

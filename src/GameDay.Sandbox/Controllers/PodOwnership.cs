using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Pods whose labels match belong to the set; a pod whose labels were changed away is let go.</summary>
internal static class PodOwnership
{
    public static void Settle(ClusterStore store, JsonObject owner)
    {
        var selector = LabelMatcher.Of(owner.At("spec", "selector"));
        var uid = owner.Uid();
        foreach (var pod in store.Alone(owner.Namespace()).Select(pod => pod.Facts).Where(pod => pod.IsActive && selector.Matches(pod.Labels)))
        {
            store.TryMutate(ResourceTypes.Pods, pod.Namespace, pod.Name, item => Adopt(item, owner), pod.Uid);
        }

        foreach (var pod in store.ControlledBy(ResourceTypes.Pods, uid).Select(pod => pod.Facts).Where(pod => pod.IsActive && !selector.Matches(pod.Labels)))
        {
            store.TryMutate(ResourceTypes.Pods, pod.Namespace, pod.Name, item => Release(item, owner), pod.Uid);
        }
    }

    private static void Adopt(JsonObject pod, JsonObject owner)
    {
        if (Dependents.Controller(pod) is null)
        {
            pod.Ensure("metadata").EnsureList("ownerReferences").Add(Dependents.ReferenceTo(owner));
        }
    }

    private static void Release(JsonObject pod, JsonObject owner)
    {
        var references = pod.Ensure("metadata").EnsureList("ownerReferences");
        foreach (var reference in references.OfType<JsonObject>().Where(reference => reference.Text("uid") == owner.Uid()).ToList())
        {
            references.Remove(reference);
        }
    }
}

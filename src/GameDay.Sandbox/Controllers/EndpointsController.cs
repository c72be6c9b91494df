using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Keeps each service's Endpoints and EndpointSlices at the pods its selector finds.</summary>
internal sealed class EndpointsController(ClusterStore store, ServiceAddresses addresses) : IController
{
    private readonly Pace pace = new(store.Clock, TimeSpan.FromMilliseconds(500));

    public IEnumerable<Source> Sources =>
    [
        Source.Itself(ResourceTypes.Services),
        new(ResourceTypes.Pods, PodKeys.Neighbours(store, ResourceTypes.Services)),
    ];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (pace.Left(key) is { } left)
        {
            return left;
        }

        if (store.Find(ResourceTypes.Services, key.Namespace, key.Name) is not { } service)
        {
            // The slices go with their owner; Endpoints have none, they go by name.
            store.TryDelete(ResourceTypes.Endpoints, key.Namespace, key.Name);
            return null;
        }

        GiveAddress(service);
        if (service.Map("spec", "selector").Count == 0)
        {
            return null;
        }

        var selector = LabelMatcher.OfMap(service.At("spec", "selector"));
        var pods = store.Snapshot(ResourceTypes.Pods, key.Namespace).Items
            .Where(pod => pod.Facts.Address is { Length: > 0 } && pod.Facts.Phase is not ("Succeeded" or "Failed"))
            .Where(pod => selector.Matches(pod.Facts.Labels))
            .Select(pod => new EndpointPod(pod.Facts))
            .ToList();
        Put(ResourceTypes.Endpoints, EndpointObjects.Endpoints(service, pods));
        PutSlices(service, pods);
        pace.Done(key, pods.Count);
        return null;
    }

    private void GiveAddress(JsonObject service)
    {
        if (service.Text("spec", "clusterIP") is { Length: > 0 } || service.Text("spec", "type") == "ExternalName")
        {
            return;
        }

        addresses.Assign(service);
        var given = service["spec"] as JsonObject ?? [];
        store.TryMutate(
            ResourceTypes.Services,
            service.Namespace(),
            service.Name(),
            item =>
            {
                item.Ensure("spec").Put("clusterIP", given["clusterIP"]?.DeepClone());
                item.Ensure("spec").Put("clusterIPs", given["clusterIPs"]?.DeepClone());
            },
            service.Uid());
    }

    private void PutSlices(JsonObject service, List<EndpointPod> pods)
    {
        var wanted = EndpointObjects.Slices(service, pods).ToList();
        var names = wanted.Select(slice => slice.Name()).ToHashSet(StringComparer.Ordinal);
        foreach (var old in store.ControlledBy(ResourceTypes.EndpointSlices, service.Uid())
            .Select(old => old.Facts)
            .Where(old => !names.Contains(old.Name)))
        {
            store.TryDelete(ResourceTypes.EndpointSlices, old.Namespace, old.Name);
        }

        foreach (var slice in wanted)
        {
            Put(ResourceTypes.EndpointSlices, slice);
        }
    }

    private void Put(ResourceType type, JsonObject wanted)
    {
        var existing = store.TryMutate(type, wanted.Namespace(), wanted.Name(), item =>
        {
            foreach (var (field, value) in wanted.Where(pair => pair.Key != "metadata"))
            {
                item.Put(field, value?.DeepClone());
            }
        });
        if (existing is null)
        {
            store.Create(type, wanted);
        }
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Furnishes new namespaces and empties ending ones.</summary>
internal sealed class NamespaceController(ClusterStore store) : IController
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    public IEnumerable<Source> Sources => [new(ResourceTypes.Namespaces, change => [new ObjectKey("", change.Now.Facts.Name)])];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.Namespaces, null, key.Name) is not { } item)
        {
            return null;
        }

        if (!item.IsDeleting())
        {
            Furnish(key.Name);
            return null;
        }

        if (Empty(key.Name))
        {
            store.TryMutate(ResourceTypes.Namespaces, null, key.Name, ns => ns.Ensure("spec").Remove("finalizers"), item.Uid());
            return null;
        }

        return LookAgain;
    }

    private void Furnish(string ns)
    {
        Provide(ResourceTypes.ServiceAccounts, ns, "default", []);
        Provide(ResourceTypes.ConfigMaps, ns, "kube-root-ca.crt", new JsonObject { ["data"] = new JsonObject { ["ca.crt"] = "" } });
    }

    private void Provide(ResourceType type, string ns, string name, JsonObject content)
    {
        if (store.Find(type, ns, name) is null)
        {
            content["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns };
            store.Create(type, content);
        }
    }

    /// <summary>Deletes what is left, owners before pods so that nothing is made again. True once nothing is left.</summary>
    private bool Empty(string ns)
    {
        var left = 0;
        foreach (var type in ResourceTypes.All.Where(type => type.Namespaced).OrderBy(type => type == ResourceTypes.Pods ? 1 : 0))
        {
            foreach (var item in store.Facts(type, ns))
            {
                left++;
                if (!item.IsDeleting)
                {
                    store.TryDelete(type, ns, item.Name, new DeleteOptions(Uid: item.Uid));
                }
            }
        }

        return left == 0;
    }
}

using System.Text.Json.Nodes;

namespace GameDay.Sandbox.Store;

/// <summary>Objects that name another as their owner.</summary>
internal static class Dependents
{
    /// <summary>Makes orphans: takes the owner out of all its dependents, so that they outlive it.</summary>
    public static void LetGo(ClusterStore store, string owner)
    {
        foreach (var type in ResourceTypes.All)
        {
            foreach (var item in store.List(type).Where(item => Owners(item).Contains(owner, StringComparer.Ordinal)))
            {
                store.TryMutate(type, item.Namespace(), item.Name(), Release);
            }
        }

        void Release(JsonObject item)
        {
            var references = item.Ensure("metadata").EnsureList("ownerReferences");
            foreach (var reference in references.OfType<JsonObject>().Where(reference => reference.Text("uid") == owner).ToList())
            {
                references.Remove(reference);
            }
        }
    }

    public static IEnumerable<string> Owners(JsonObject item) => item.Items("metadata", "ownerReferences").Select(reference => reference.Text("uid") ?? "");

    /// <summary>The owner that controls the object, if any.</summary>
    public static string? Controller(JsonObject item) =>
        item.Items("metadata", "ownerReferences").FirstOrDefault(reference => reference.IsTrue("controller"))?.Text("uid");

    public static JsonObject ReferenceTo(JsonObject owner) => new()
    {
        ["apiVersion"] = owner.Text("apiVersion"),
        ["kind"] = owner.Text("kind"),
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}

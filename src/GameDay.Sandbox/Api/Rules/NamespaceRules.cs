using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Rules;

/// <summary>Objects are born only in namespaces that exist and are not ending.</summary>
internal static class NamespaceRules
{
    public static void CheckBirth(ClusterStore store, ResourceType type, string? ns, string name)
    {
        if (!type.Namespaced)
        {
            return;
        }

        if (string.IsNullOrEmpty(ns))
        {
            throw ApiException.MethodNotAllowed();
        }

        if (store.Get(ResourceTypes.Namespaces, null, ns).IsDeleting())
        {
            throw ApiException.Forbidden(type, name, $"unable to create new content in namespace {ns} because it is being terminated");
        }
    }
}

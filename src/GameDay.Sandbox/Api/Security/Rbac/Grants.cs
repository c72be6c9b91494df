using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security.Rbac;

/// <summary>A role that a binding gives to a user: its rules and, for the answer, which binding it was.</summary>
internal sealed record Grant(IReadOnlyList<PolicyRule> Rules, string By, string? Missing = null);

/// <summary>What the stored roles and bindings give a user, read once per version of each object.</summary>
internal sealed class Grants(ClusterStore store)
{
    private readonly ConditionalWeakTable<StoredObject, IReadOnlyList<PolicyRule>> rules = [];
    private readonly ConditionalWeakTable<StoredObject, JsonObject> bindings = [];

    /// <summary>Everything bound in the cluster and, when a namespace is given, in it.</summary>
    public IEnumerable<Grant> To(RequestUser user, string ns)
    {
        var everywhere = Bound(ResourceTypes.ClusterRoleBindings, null, user);
        return ns.Length == 0 ? everywhere : everywhere.Concat(Bound(ResourceTypes.RoleBindings, ns, user));
    }

    private IEnumerable<Grant> Bound(ResourceType type, string? ns, RequestUser user)
    {
        foreach (var stored in store.Snapshot(type, ns).Items)
        {
            var binding = bindings.GetValue(stored, found => found.Parse());
            if (binding.Items("subjects").FirstOrDefault(subject => IsAbout(subject, user, binding.Namespace())) is { } subject)
            {
                yield return GrantOf(type, binding, subject);
            }
        }
    }

    private Grant GrantOf(ResourceType type, JsonObject binding, JsonObject subject)
    {
        var kind = binding.Text("roleRef", "kind") ?? "";
        var name = binding.Text("roleRef", "name") ?? "";
        var given = type == ResourceTypes.ClusterRoleBindings ? $"ClusterRoleBinding \"{binding.Name()}\"" : $"RoleBinding \"{binding.Name()}/{binding.Namespace()}\"";
        var by = $"{given} of {kind} \"{name}\" to {Describe(subject, binding.Namespace())}";
        var (role, ns) = kind == "Role" ? (ResourceTypes.Roles, binding.Namespace()) : (ResourceTypes.ClusterRoles, null);
        return store.FindStored(role, ns, name) is { } stored
            ? new Grant(rules.GetValue(stored, found => RulesOf(found.Parse())), by)
            : new Grant([], by, $"{role.Singular}.{role.Group} \"{name}\" not found");
    }

    private static IReadOnlyList<PolicyRule> RulesOf(JsonObject role) => [.. role.Items("rules").Select(PolicyRule.Of)];

    private static bool IsAbout(JsonObject subject, RequestUser user, string ns) => (subject.Text("kind"), subject.Text("name") ?? "") switch
    {
        ("User", var name) => name == user.Name,
        ("Group", var name) => user.Groups.Contains(name, StringComparer.Ordinal),
        ("ServiceAccount", var name) => user.Name == RequestUser.ServiceAccountName(NamespaceOf(subject, ns), name),
        _ => false,
    };

    private static string Describe(JsonObject subject, string ns) => subject.Text("kind") == "ServiceAccount"
        ? $"ServiceAccount \"{subject.Text("name")}/{NamespaceOf(subject, ns)}\""
        : $"{subject.Text("kind")} \"{subject.Text("name")}\"";

    private static string NamespaceOf(JsonObject subject, string ns) => subject.Text("namespace") is { Length: > 0 } named ? named : ns;
}

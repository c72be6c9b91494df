using GameDay.Domain;
using GameDay.Domain.Plugins;

namespace GameDay.Web.Manifests;

/// <summary>What a real cluster needs, from the chart's own templates.</summary>
/// <param name="Faults">Kinds to enable; empty: all.</param>
/// <param name="Namespaces">Where they may act; empty: everywhere but in the protected namespaces.</param>
public sealed record ClusterManifests(string Cluster, IReadOnlyList<string> Faults, IReadOnlyList<string> Namespaces, string? Installation)
{
    private const string Release = "gameday";
    private const string Namespace = "gameday";

    public const string Honest = "# Whoever may add an ephemeral container to a pod can read what that pod mounts, its Secrets included.\n# There is no permission on Secret objects here. Read what follows before you apply it.\n";

    /// <summary>Namespace, service accounts, roles and the reaper; the app runs where you started it.</summary>
    public string All(Chart chart, IReadOnlyList<FaultKind> kinds) =>
        $"# What the cluster '{Cluster}' needs: kubectl --context {Cluster} apply -f FILE\n{Honest}" + chart.Render(Release, Namespace, Values(kinds));

    /// <summary>The least permissions alone.</summary>
    public string Rbac(Chart chart, IReadOnlyList<FaultKind> kinds) => Honest + chart.Render(Release, Namespace, Values(kinds), ["serviceaccounts.yaml", "rbac.yaml"]);

    private Dictionary<string, object?> Values(IReadOnlyList<FaultKind> kinds)
    {
        var unknown = Faults.Except(kinds.Select(k => k.Id), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new RuleBroken("UnknownFault", $"There is no fault '{unknown[0]}'. Use some of: {string.Join(", ", kinds.Select(k => k.Id))}.");
        return new(StringComparer.Ordinal)
        {
            ["createNamespace"] = true,
            ["faults"] = kinds.ToDictionary(k => k.Id, k => (object?)(Faults.Count == 0 || Faults.Contains(k.Id, StringComparer.Ordinal)), StringComparer.Ordinal),
            ["targetNamespaces"] = Namespaces.Cast<object?>().ToList(),
            ["installation"] = Installation ?? "",
            ["app"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["enabled"] = false },
        };
    }
}

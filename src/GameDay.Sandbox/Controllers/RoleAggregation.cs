using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Keeps the rules of a ClusterRole with an aggregationRule at those of the ClusterRoles its selectors find.</summary>
internal sealed class RoleAggregation(ClusterStore store) : IController
{
    public IEnumerable<Source> Sources => [new(ResourceTypes.ClusterRoles, _ => store.Facts(ResourceTypes.ClusterRoles).Select(ObjectKey.Of))];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Find(ResourceTypes.ClusterRoles, null, key.Name) is not { } role || role["aggregationRule"] is not JsonObject aggregation)
        {
            return null;
        }

        var selectors = aggregation.Items("clusterRoleSelectors").Select(LabelMatcher.Of).ToList();
        var parts = store.Snapshot(ResourceTypes.ClusterRoles, null).Items
            .Where(part => part.Uid != role.Uid() && selectors.Exists(selector => selector.Matches(part.Facts.Labels)));
        var rules = new JsonArray();
        foreach (var rule in parts.SelectMany(part => part.Parse().Items("rules")))
        {
            if (!rules.Any(known => JsonNode.DeepEquals(known, rule)))
            {
                rules.Add(rule.DeepClone());
            }
        }

        store.TryMutate(ResourceTypes.ClusterRoles, null, key.Name, item => item["rules"] = rules, role.Uid());
        return null;
    }
}

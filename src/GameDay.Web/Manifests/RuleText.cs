using System.Text;
using GameDay.Domain.Plugins;
using GameDay.Faults;

namespace GameDay.Web.Manifests;

/// <summary>
/// The chart's <c>_rules.tpl</c>: one block of RBAC rules per fault kind and per actor, written from the lists that the code itself
/// checks at preflight, so that the two cannot differ. A test says when the file is old.
/// </summary>
public static class RuleText
{
    public const string File = "_rules.tpl";

    /// <summary>Block of what the app reads where targets are.</summary>
    public const string Targets = "targets";

    public static string Write(IEnumerable<FaultKind> kinds)
    {
        var text = new StringBuilder("{{- /* Written by GameDay from the permissions its code lists: RuleText.cs. Do not edit. */ -}}\n");
        Block(text, "rules.own.app", BasePermissions.AppInOwn);
        Block(text, "rules.own.reaper", BasePermissions.ReaperInOwn);
        Blocks(text, Targets, BasePermissions.AppInTargets);
        foreach (var kind in kinds.OrderBy(k => k.Id, StringComparer.Ordinal))
            Blocks(text, kind.Id, kind.Permissions);
        return text.ToString();
    }

    private static void Blocks(StringBuilder text, string name, IReadOnlyList<PermissionNeeded> needed)
    {
        Block(text, $"rules.{name}", [.. needed.Where(p => !p.ClusterScoped)]);
        Block(text, $"clusterRules.{name}", [.. needed.Where(p => p.ClusterScoped)]);
    }

    private static void Block(StringBuilder text, string name, IReadOnlyList<PermissionNeeded> needed)
    {
        var rules = needed.GroupBy(p => (p.ApiGroup, p.Resource)).OrderBy(g => g.Key.ApiGroup, StringComparer.Ordinal).ThenBy(g => g.Key.Resource, StringComparer.Ordinal)
            .Select(g => $"- apiGroups: [\"{g.Key.ApiGroup}\"]\n  resources: [{g.Key.Resource}]\n  verbs: [{string.Join(", ", g.Select(p => p.Verb).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}]");
        text.Append("{{- define \"gameday.").Append(name).Append("\" -}}\n").AppendJoin('\n', rules).Append("\n{{- end }}\n");
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security.Rbac;

/// <summary>One rule of a Role or ClusterRole. <c>*</c> is everything; no resourceNames is every name.</summary>
internal sealed record PolicyRule(
    IReadOnlyList<string> Verbs, IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Names, IReadOnlyList<string> Urls)
{
    public static PolicyRule Of(JsonObject rule) =>
        new(rule.Texts("verbs"), rule.Texts("apiGroups"), rule.Texts("resources"), rule.Texts("resourceNames"), rule.Texts("nonResourceURLs"));

    public bool Allows(AccessAttributes wanted) => Has(Verbs, wanted.Verb) && (wanted.Url is { } url ? Urls.Any(pattern => Covers(pattern, url)) : AllowsResource(wanted));

    private bool AllowsResource(AccessAttributes wanted) =>
        Has(Groups, wanted.Group)
        && Resources.Any(resource => resource == "*" || resource == wanted.FullResource || (wanted.Subresource.Length > 0 && resource == $"*/{wanted.Subresource}"))
        && (Names.Count == 0 || Names.Contains(wanted.Name, StringComparer.Ordinal));

    private static bool Has(IReadOnlyList<string> allowed, string wanted) => allowed.Any(one => one == "*" || one == wanted);

    private static bool Covers(string pattern, string url) =>
        pattern == "*" || pattern == url || (pattern.EndsWith('*') && url.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal));

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, values) in new[] { ("verbs", Verbs), ("apiGroups", Groups), ("resources", Resources), ("resourceNames", Names), ("nonResourceURLs", Urls) })
        {
            json.Put(name, values.Count == 0 ? null : new JsonArray([.. values.Select(value => (JsonNode)value)]));
        }

        return json;
    }
}

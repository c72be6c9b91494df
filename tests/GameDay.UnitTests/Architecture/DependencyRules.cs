using System.Xml.Linq;

namespace GameDay.UnitTests.Architecture;

/// <summary>What a project may reference (design §3). Read from the project files, so that a forbidden arrow fails before it is used.</summary>
public static class DependencyRules
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["GameDay.Domain"] = [],
        ["GameDay.Data"] = ["GameDay.Domain"],
        ["GameDay.Kubernetes"] = ["GameDay.Domain"],
        ["GameDay.Faults"] = ["GameDay.Domain", "GameDay.Kubernetes"],
        ["GameDay.Reaper"] = ["GameDay.Faults"],
        ["GameDay.Integrations"] = ["GameDay.Domain"],
        ["GameDay.Engine"] = ["GameDay.Domain", "GameDay.Data"],
        ["GameDay.Agent"] = [],
        ["GameDay.Sandbox"] = [],
        ["GameDay.Migrations"] = ["GameDay.Domain", "GameDay.Data"],
    };

    /// <summary>Packages that must not come near a part: the reaper's whole closure and the domain stay free of them.</summary>
    private static readonly Dictionary<string, string[]> Forbidden = new(StringComparer.Ordinal)
    {
        ["GameDay.Kubernetes"] = ["EntityFrameworkCore", "Npgsql", "Quartz", "AspNetCore"],
        ["GameDay.Faults"] = ["EntityFrameworkCore", "Npgsql", "Quartz", "AspNetCore"],
        ["GameDay.Reaper"] = ["EntityFrameworkCore", "Npgsql", "Quartz", "AspNetCore"],
        ["GameDay.Domain"] = [""],
        ["GameDay.Agent"] = [""],
    };

    public static IReadOnlyList<string> Violations(string project, XDocument file)
    {
        var references = Values(file, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')));
        var arrows = Allowed.TryGetValue(project, out var allowed) ? references.Except(allowed, StringComparer.Ordinal).Select(r => $"{project} → {r}") : [];
        var packages = Values(file, "PackageReference").Concat(Values(file, "FrameworkReference"));
        var near = Forbidden.TryGetValue(project, out var words) ? packages.Where(p => words.Any(w => p.Contains(w, StringComparison.Ordinal))).Select(p => $"{project} ⇢ {p}") : [];
        return [.. arrows, .. near];
    }

    /// <summary>What a program's own list of its files (NAME.deps.json) holds of what its project must not come near.</summary>
    public static IReadOnlyList<string> ClosureViolations(string project, string dependencies) =>
        [.. Forbidden[project].Where(word => dependencies.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{project} ⇢ {word}")];

    private static IEnumerable<string> Values(XDocument file, string element) => file.Descendants(element).Select(e => e.Attribute("Include")?.Value).OfType<string>();
}

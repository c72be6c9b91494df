using GameDay.Domain;
using GameDay.Domain.Safety;

namespace GameDay.Web.Hosting;

/// <summary>
/// Reads section <c>Limits</c>: <c>MaxTargetsAtOnce</c>, <c>MaxPercentOfNamespace</c>, <c>ForbiddenNamespaces:0</c>, and below
/// <c>Clusters:NAME</c> the same with a percentage per namespace. A wrong value stops the start and names its key.
/// </summary>
public static class LimitsConfiguration
{
    public static Limits Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Limits");
        return new Limits
        {
            MaxTargetsAtOnce = Number(section, "MaxTargetsAtOnce", 100_000) ?? Limits.None.MaxTargetsAtOnce,
            MaxPercentOfNamespace = Number(section, "MaxPercentOfNamespace", 100) ?? Limits.None.MaxPercentOfNamespace,
            ForbiddenNamespaces = Words(section),
            Clusters = section.GetSection("Clusters").GetChildren().ToDictionary(c => c.Key, Cluster, StringComparer.Ordinal),
        };
    }

    private static ClusterLimits Cluster(IConfigurationSection section) => new()
    {
        MaxTargetsAtOnce = Number(section, "MaxTargetsAtOnce", 100_000),
        MaxPercentOfNamespace = section.GetSection("MaxPercentOfNamespace").GetChildren().ToDictionary(n => n.Key, n => Number(n, null, 100)!.Value, StringComparer.Ordinal),
        ForbiddenNamespaces = Words(section),
    };

    private static List<string> Words(IConfigurationSection section) => [.. section.GetSection("ForbiddenNamespaces").GetChildren().Select(c => c.Value).OfType<string>()];

    private static int? Number(IConfigurationSection section, string? key, int most)
    {
        var found = key is null ? section : section.GetSection(key);
        if (found.Value is not { Length: > 0 } text) return null;
        return int.TryParse(text, out var number) && number >= 1 && number <= most ? number
            : throw new RuleBroken("BadConfiguration", $"The configuration key {found.Path} is '{text}'; it has to be a whole number from 1 to {most}.");
    }
}

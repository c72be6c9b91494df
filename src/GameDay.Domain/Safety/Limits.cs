namespace GameDay.Domain.Safety;

/// <summary>What no plan and no policy gets past: set by whoever runs this server, key <c>Limits</c> of its configuration.</summary>
public sealed record Limits
{
    public static readonly Limits None = new();

    /// <summary>Most targets that carry a fault at once in one cluster, of all exercises together. Default: 200.</summary>
    public int MaxTargetsAtOnce { get; init; } = 200;

    /// <summary>Largest share of a namespace's pods that one experiment may touch, 1-100. Default: 100.</summary>
    public int MaxPercentOfNamespace { get; init; } = 100;

    /// <summary>Namespaces in which nothing is ever a target, in any cluster. Default: none.</summary>
    public IReadOnlyList<string> ForbiddenNamespaces { get; init; } = [];

    /// <summary>Tighter ones for a cluster, by its name.</summary>
    public IReadOnlyDictionary<string, ClusterLimits> Clusters { get; init; } = new Dictionary<string, ClusterLimits>();

    public int TargetsAtOnce(string cluster) => Of(cluster)?.MaxTargetsAtOnce is { } own ? Math.Min(own, MaxTargetsAtOnce) : MaxTargetsAtOnce;

    public int PercentOf(string cluster, string ns) =>
        Of(cluster)?.MaxPercentOfNamespace.TryGetValue(ns, out var own) == true ? Math.Min(own, MaxPercentOfNamespace) : MaxPercentOfNamespace;

    public bool Forbids(string cluster, string ns) =>
        ForbiddenNamespaces.Contains(ns, StringComparer.Ordinal) || Of(cluster)?.ForbiddenNamespaces.Contains(ns, StringComparer.Ordinal) == true;

    private ClusterLimits? Of(string cluster) => Clusters.GetValueOrDefault(cluster);
}

/// <summary>Limits of one cluster; they narrow the general ones and never widen them.</summary>
public sealed record ClusterLimits
{
    public int? MaxTargetsAtOnce { get; init; }

    /// <summary>By namespace, 1-100.</summary>
    public IReadOnlyDictionary<string, int> MaxPercentOfNamespace { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<string> ForbiddenNamespaces { get; init; } = [];
}

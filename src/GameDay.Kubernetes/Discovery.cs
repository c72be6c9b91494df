using System.Collections.Concurrent;

namespace GameDay.Kubernetes;

/// <summary>
/// Asks a server, once, which version of an API it has: clusters older than ours serve the one before, with the same fields as far
/// as GameDay reads them. What every supported cluster has under one version is never asked about.
/// </summary>
internal sealed class Discovery(Func<string, CancellationToken, Task<Discovery.ResourceList?>> read)
{
    /// <summary>Where a kind moved, and where older servers have it: HPA until 1.22, budgets until 1.20.</summary>
    private static readonly (string Now, string Before)[] Moved =
    [
        ("apis/autoscaling/v2", "apis/autoscaling/v2beta2"),
        ("apis/policy/v1", "apis/policy/v1beta1"),
    ];

    private readonly ConcurrentDictionary<string, ResourceList?> _known = new(StringComparer.Ordinal);

    /// <summary>The path under which this server has it; unchanged when it has neither, so that its 404 is the answer.</summary>
    public async ValueTask<string> PathAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var (now, before) in Moved)
        {
            if (path.StartsWith(now + "/", StringComparison.Ordinal) && await ListAsync(now, cancellationToken) is null && await ListAsync(before, cancellationToken) is not null)
                return before + path[now.Length..];
        }

        return path;
    }

    /// <summary>The version of the body that a subresource of a core kind takes: pods/eviction took policy/v1beta1 until 1.21.</summary>
    public async ValueTask<string> BodyVersionAsync(string subresource, string usual, CancellationToken cancellationToken) =>
        (await ListAsync("api/v1", cancellationToken))?.Resources.FirstOrDefault(one => one.Name == subresource) is { Group: { Length: > 0 } group, Version: { Length: > 0 } version }
            ? $"{group}/{version}"
            : usual;

    private async ValueTask<ResourceList?> ListAsync(string path, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(path, out var list))
            _known[path] = list = await read(path, cancellationToken);
        return list;
    }

    /// <summary>APIResourceList: what one group and version holds.</summary>
    internal sealed record ResourceList
    {
        public IReadOnlyList<Entry> Resources { get; init => field = value ?? []; } = [];
    }

    internal sealed record Entry(string Name, string? Group = null, string? Version = null);
}

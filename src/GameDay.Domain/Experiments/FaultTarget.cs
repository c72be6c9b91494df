namespace GameDay.Domain.Experiments;

/// <summary>One resolved object that a fault touches, as read at resolution. Identity is the uid: a pod of the same name with another uid is another target.</summary>
public sealed record FaultTarget
{
    public required string Cluster { get; init; }
    /// <summary>Of a node: the namespace whose pods may be touched there.</summary>
    public required string Namespace { get; init; }
    /// <summary><c>Pod</c>, <c>Deployment</c>, <c>StatefulSet</c> or <c>Node</c>.</summary>
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required string Uid { get; init; }
    public string? Node { get; init; }
    public string? Zone { get; init; }
    /// <summary>Owning workload, e.g. <c>Deployment/cart</c>.</summary>
    public string? Owner { get; init; }
    public string? Ip { get; init; }
    public bool Ready { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

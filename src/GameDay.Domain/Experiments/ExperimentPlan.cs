namespace GameDay.Domain.Experiments;

/// <summary>One hypothesis with targets, fault, probes and abort conditions; what an exercise file lists under <c>experiments</c>.</summary>
public sealed record ExperimentPlan
{
    /// <summary>Unique in its exercise: lower-case letters, digits and hyphens.</summary>
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Hypothesis { get; init; }
    public required FaultSpec Fault { get; init; }
    public required TargetSpec Targets { get; init; }
    /// <summary>How long the fault stays; the deadline of every injection.</summary>
    public required TimeSpan Duration { get; init; }
    /// <summary>Longest wait for steady state after the proved revert. Default: 30 seconds.</summary>
    public TimeSpan RecoverWithin { get; init; } = TimeSpan.FromSeconds(30);
    public IReadOnlyList<ProbeSpec> Probes { get; init; } = [];
    public IReadOnlyList<AbortCondition> AbortWhen { get; init; } = [];
    public Expectation Expect { get; init; } = new();
}

/// <param name="Kind">A fault kind's id, e.g. <c>pod-kill</c>.</param>
/// <param name="Settings">The kind's own settings as written in the file, e.g. <c>delay: 300ms</c>; checked by its schema.</param>
public sealed record FaultSpec(string Kind, IReadOnlyDictionary<string, string> Settings);

public enum Choice { One, Count, Percent, All }

/// <param name="Namespace">Kubernetes namespace.</param>
/// <param name="Selector">Label selector in kubectl's syntax, e.g. <c>app=cart</c>.</param>
/// <param name="Choose">How many of the matching pods are touched.</param>
/// <param name="Amount">Number of pods for Count, 1-100 for Percent, else unused.</param>
/// <remarks>What is given narrows: labels, owner, zone and node all have to match. Node faults choose among the nodes; the namespace is then where pods may be touched.</remarks>
public sealed record TargetSpec(string Namespace, string Selector, Choice Choose = Choice.One, int Amount = 1)
{
    /// <summary>Only what this workload owns, or the workload itself: <c>Deployment/cart</c>. Null: any.</summary>
    public string? Owner { get; init; }
    /// <summary>Only in this zone (label <c>topology.kubernetes.io/zone</c>). Null: any.</summary>
    public string? Zone { get; init; }
    /// <summary>Only on this node. Null: any.</summary>
    public string? Node { get; init; }
}

/// <summary>What one injection touches.</summary>
public enum TargetKind { Pod, Workload, Node }

/// <summary>A prediction written before the fault; the report shows the difference.</summary>
public sealed record Expectation
{
    public string? Impact { get; init; }
    public string? Response { get; init; }
    public string? NoticedBy { get; init; }
    public TimeSpan? DetectWithin { get; init; }
    public IReadOnlyList<string> Alerts { get; init; } = [];
}

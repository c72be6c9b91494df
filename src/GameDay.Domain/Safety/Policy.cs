namespace GameDay.Domain.Safety;

/// <summary>Waiting times and head counts are policy, not code (design §4). The applied policy is stored with the exercise and printed in the report.</summary>
public sealed record Policy
{
    public required string Name { get; init; }
    /// <summary>Shortest time between approval and start.</summary>
    public TimeSpan Notice { get; init; }
    /// <summary>Baseline: probes in tolerance for this long before a fault starts.</summary>
    public TimeSpan SteadyFor { get; init; }
    /// <summary>Recovery: probes in tolerance for this long after the revert.</summary>
    public TimeSpan RecoveredFor { get; init; }
    /// <summary>All clear: no leftover and probes in tolerance for this long.</summary>
    public TimeSpan AllClearFor { get; init; }
    /// <summary>Fewest people, the author among them, who must have a hand in it.</summary>
    public int MinPeople { get; init; }
    /// <summary>May run without a stored approval (command line only).</summary>
    public bool Unattended { get; init; }
    /// <summary>Largest share of a workload's pods that one experiment may touch, 1-100.</summary>
    public int MaxPercent { get; init; } = 100;
    public TimeSpan LongestFault { get; init; }
    /// <summary>No fault starts without a living reaper. Only a run from the command line may give this up, and then for faults bound to a pod.</summary>
    public bool NeedsReaper { get; init; } = true;
    /// <summary>Ramp: how long the probes are looked at between two steps, at most a quarter of the fault's duration.</summary>
    public TimeSpan RampLook { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Ramp: a probe that was out of tolerance all through a look ends the run; otherwise it is only noted.</summary>
    public bool RampNeedsTolerance { get; init; }
    public IReadOnlyList<string> ProtectedNamespaces { get; init; } = ["kube-system", "kube-public", "kube-node-lease", "gameday"];

    public static readonly Policy Sandbox = new()
    {
        Name = "sandbox", SteadyFor = TimeSpan.FromSeconds(5), RecoveredFor = TimeSpan.FromSeconds(3), AllClearFor = TimeSpan.FromSeconds(5),
        MinPeople = 2, Unattended = true, LongestFault = TimeSpan.FromMinutes(30),
    };

    public static readonly Policy Production = new()
    {
        Name = "production", Notice = TimeSpan.FromDays(2), SteadyFor = TimeSpan.FromMinutes(5), RecoveredFor = TimeSpan.FromMinutes(2), AllClearFor = TimeSpan.FromMinutes(10),
        MinPeople = 4, MaxPercent = 50, LongestFault = TimeSpan.FromMinutes(45),
        RampLook = TimeSpan.FromSeconds(30), RampNeedsTolerance = true,
    };

    public static readonly IReadOnlyList<Policy> All = [Sandbox, Production];

    public static Policy Named(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new RuleBroken("UnknownPolicy", $"There is no policy '{name}'. Use one of: {string.Join(", ", All.Select(p => p.Name))}.");
}

namespace GameDay.Faults;

/// <summary>What the faults need to know about this installation.</summary>
public sealed record FaultOptions
{
    /// <summary>Whose objects these are. Letters, digits, hyphens: it is a label's value.</summary>
    public required string InstallationId { get; init; }

    /// <summary>GameDay's own namespace in every cluster: ledger, halt object. Default: gameday.</summary>
    public string Namespace { get; init; } = "gameday";

    /// <summary>Who beats for a run: this process. Default: machine and process id.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Image of the fault agent. Default: gameday/agent:0.1.</summary>
    public string AgentImage { get; init; } = "gameday/agent:0.1";

    /// <summary>How long an exec into an agent may take before a fresh container is asked instead; zero never uses exec. Default: 2 seconds.</summary>
    public TimeSpan ExecPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an agent may take from its request until its fault stands; later it is without effect. Default: 20 seconds.</summary>
    public TimeSpan AgentStartsWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Where leftovers are looked for; empty, the default, is everywhere and needs a cluster-wide list.</summary>
    public IReadOnlyList<string> SweepNamespaces { get; init; } = [];
}

namespace GameDay.Domain.Safety;

/// <summary>Namespaces whose loss would take the rescuers along, or that this server forbids, are never touched.</summary>
public sealed class ProtectedNamespace : IGuard
{
    public string Name => "Protected namespace";

    public GuardAnswer Ask(GuardFacts facts)
    {
        var ns = facts.Experiment.Targets.Namespace;
        if (facts.Policy.ProtectedNamespaces.Contains(ns, StringComparer.Ordinal)) return new(Name, false, $"namespace {ns} is protected by policy {facts.Policy.Name}; choose targets elsewhere", facts.Now);
        if (facts.Limits.Forbids(facts.Plan.Cluster, ns)) return new(Name, false, $"namespace {ns} is forbidden by this server's limits; choose targets elsewhere", facts.Now);
        return new(Name, true, $"{ns} is neither protected nor forbidden", facts.Now);
    }
}

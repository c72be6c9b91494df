namespace GameDay.Domain.Safety;

/// <summary>Namespaces whose loss would take the rescuers along are never touched.</summary>
public sealed class ProtectedNamespace : IGuard
{
    public string Name => "Protected namespace";

    public GuardAnswer Ask(GuardFacts facts)
    {
        var ns = facts.Experiment.Targets.Namespace;
        var isProtected = facts.Policy.ProtectedNamespaces.Contains(ns, StringComparer.Ordinal);
        return new(Name, !isProtected, isProtected ? $"namespace {ns} is protected by policy {facts.Policy.Name}; choose targets elsewhere" : $"{ns} is not protected", facts.Now);
    }
}

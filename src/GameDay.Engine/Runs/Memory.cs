using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>What is stored of an injection, back in the form that reverts it.</summary>
internal static class Memory
{
    public static LiveInjection Of(Injection stored, ExperimentPlan plan, FaultKind kind, string installationId, EngineOptions options, TimeProvider clock)
    {
        // What was sent has a deadline, counted from its entry's creation: that moment is the server's, the time of sending was some engine's.
        var created = stored.Deadline - plan.Duration ?? clock.GetUtcNow();
        var order = new InjectionOrder(stored.Id, stored.ShortId, stored.RunId, installationId, stored.Target, FaultSettings.WithDefaults(kind, plan.Fault.Settings),
            plan.Duration, created + options.NotAfter, created + plan.Duration);
        return LiveInjection.From(stored, order, clock.GetTimestamp());
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>What is stored of an injection, back in the form that reverts it.</summary>
internal static class Memory
{
    public static LiveInjection Of(Injection stored, ExperimentPlan plan, FaultKind kind, string installationId, EngineOptions options, TimeProvider clock)
    {
        var sent = stored.SentAt ?? clock.GetUtcNow();
        var order = new InjectionOrder(stored.Id, stored.ShortId, stored.RunId, installationId, stored.Target, Faults.Settings(kind, plan.Fault),
            plan.Duration, sent + options.NotAfter, stored.Deadline ?? sent + plan.Duration);
        return LiveInjection.From(stored, order, clock.GetTimestamp());
    }
}

using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Domain.Safety;

/// <summary>Somebody besides the engine can end the fault. Without one only faults that die with their pod may run, and only where that was asked for.</summary>
public sealed class ReaperAlive : IGuard
{
    public string Name => "Reaper alive";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Reapers is not { } reapers) return new(Name, null, "the cluster did not say whether a reaper lives", facts.Now);
        var alive = reapers.Where(r => r.IsAlive && MayEnd(r, facts)).ToList();
        if (alive.Count > 0) return new(Name, true, string.Join("; ", alive.Select(r => $"{r.Name} reported {r.Age.TotalSeconds:0} s ago{(r.Untouched > 0 ? $", leaves {r.Untouched} entries alone" : "")}")), facts.Now) { Warns = alive.Any(r => r.Untouched > 0) };
        var seen = reapers.FirstOrDefault(r => r.IsAlive) is { } barred ? $"{barred.Name} lives but may not end {facts.Experiment.Fault.Kind} in {facts.Experiment.Targets.Namespace}"
            : reapers.Count == 0 ? "no reaper has reported" : $"the last report is {reapers.Min(r => r.Age).TotalSeconds:0} s old";
        if (facts.Policy.NeedsReaper) return new(Name, false, $"{seen}; start one (./gameday manifests prints it)", facts.Now);
        return facts.Kind?.IsPodBound(facts.Experiment.Fault.Settings) == true
            ? new(Name, true, $"{seen}; run without one was asked for, and this fault ends by the pod or its kernel", facts.Now) { Warns = true }
            : new(Name, false, $"{seen}; without one only faults bound to a pod may run", facts.Now);
    }

    private static bool MayEnd(ReaperSeen reaper, GuardFacts facts) =>
        facts.Kind?.LayerOf(facts.Experiment.Fault.Settings) == "none" || reaper.MayEnd(facts.Experiment.Fault.Kind, facts.Touches == TargetKind.Node ? null : facts.Experiment.Targets.Namespace);
}

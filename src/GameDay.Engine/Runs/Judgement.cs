using GameDay.Domain.Experiments;
using GameDay.Domain.People;

namespace GameDay.Engine.Runs;

/// <summary>
/// Judges the hypothesis on the readings between effect and revert. Held needs complete data and a seen effect;
/// what was not measured is never called good.
/// </summary>
internal static class Judgement
{
    /// <param name="blind">Why the readings cannot be trusted, e.g. a gap at take-over; null when they can.</param>
    public static (Verdict Verdict, string Reason) Of(Run run, ExperimentPlan plan, IReadOnlyList<ProbeSample> samples, string? blind)
    {
        if (run.WasAborted && run.AbortedBy != Actor.Engine.Name) return (Verdict.Aborted, $"Aborted by {run.AbortedBy}{(run.Reason is { } why ? $": {why}" : "")}");
        if (run.EffectAt is not { } from || run.RevertStartedAt is not { } to) return (run.WasAborted ? Verdict.Aborted : Verdict.Inconclusive, run.Reason ?? "The fault had no effect, so nothing was learned about the hypothesis");
        var seen = samples.Where(s => s.At >= from && s.At <= to).ToList();
        if (FirstOut(plan, seen) is { } broken) return (Verdict.NotHeld, broken);
        if (blind is not null) return (Verdict.Inconclusive, blind);
        if (run.Injections.FirstOrDefault(i => i.SentAt is null) is { } never) return (Verdict.Inconclusive, run.Reason ?? $"{never.Target.Name} was never touched");
        if (run.Injections.FirstOrDefault(i => i.Effect is not { Holds: true }) is { } dud)
            return (Verdict.Inconclusive, dud.Effect is { } none ? $"The fault had no effect on {dud.Target.Name}: {none.Summary}" : run.Reason ?? $"The effect on {dud.Target.Name} is not known");
        if (plan.Probes.Select(p => Gap(p, seen, from, to)).FirstOrDefault(g => g is not null) is { } gap) return (Verdict.Inconclusive, gap);
        return run.WasAborted ? (Verdict.Aborted, run.Reason ?? "Stopped early") : (Verdict.Held, $"Every probe stayed in tolerance for {(to - from).TotalSeconds:0.#} s under the fault");
    }

    private static string? FirstOut(ExperimentPlan plan, List<ProbeSample> seen)
    {
        var worst = seen.FirstOrDefault(s => s is { Value: not null, InTolerance: false });
        if (worst is null) return null;
        var probe = plan.Probes.First(p => p.Name == worst.Probe);
        return $"{worst.Probe} was {probe.InWords(worst.Value)} at {worst.At:HH:mm:ss} UTC, outside its tolerance";
    }

    private static string? Gap(ProbeSpec probe, List<ProbeSample> seen, DateTimeOffset from, DateTimeOffset to)
    {
        var own = seen.Where(s => s.Probe == probe.Name).OrderBy(s => s.At).ToList();
        if (own.FirstOrDefault(s => s.Value is null) is { } missing) return $"{probe.Name} gave no data at {missing.At:HH:mm:ss} UTC ({missing.Problem})";
        var longest = (probe.Every * 3) + TimeSpan.FromSeconds(2);
        var last = from;
        foreach (var at in own.Select(s => s.At).Append(to))
        {
            if (at - last > longest) return $"{probe.Name} has no readings for {(at - last).TotalSeconds:0.#} s from {last:HH:mm:ss} UTC";
            last = at;
        }
        return own.Count == 0 ? $"{probe.Name} has no reading under the fault" : null;
    }
}

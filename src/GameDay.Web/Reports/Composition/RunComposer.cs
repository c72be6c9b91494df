using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Reports.Composition;

/// <summary>One run with its experiment's plan beside it.</summary>
internal static class RunComposer
{
    public static ReportRun Compose(ReportSources sources, Run run, IReadOnlyList<ReportEntry> timeline)
    {
        var plan = sources.Exercise.Plan.Experiments.FirstOrDefault(e => e.Key == run.ExperimentKey);
        var moments = Moments(run);
        var own = timeline.Where(t => t.Run == run.Number).ToList();
        var probes = (plan?.Probes ?? []).Select(p => ProbeComposer.Compose(p, plan!, moments, [.. sources.Samples.Where(s => s.RunId == run.Id && s.Probe == p.Name)])).ToList();
        var alerts = Alerts(plan?.Expect.Alerts ?? [], own);
        return new ReportRun(
            run.Number, run.ExperimentKey, plan?.Title ?? run.ExperimentKey, plan?.Hypothesis ?? "", plan?.Fault.Kind ?? run.Injections.FirstOrDefault()?.Kind ?? "",
            plan?.Fault.Settings ?? new Dictionary<string, string>(), plan is null ? "" : Phrases.Targets(plan.Targets), run.State, run.Verdict, run.Reason, run.WasAborted, run.AbortedBy,
            plan?.Duration.TotalSeconds ?? 0, plan?.RecoverWithin.TotalSeconds ?? 0, [.. run.Injections.OrderBy(i => i.Number).Select(Name)], moments,
            [.. run.Injections.OrderBy(i => i.Number).Select(Injection)], probes, [.. (plan?.AbortWhen ?? []).Select(a => a.InWords(Unit(plan!, a.Probe)))],
            alerts, plan is null ? [] : Comparisons.Of(plan, moments, probes, alerts, own)) { Seed = run.Seed };
    }

    private static ReportMoments Moments(Run r) => new(
        r.InjectedAt, r.EffectAt, r.DetectedAt, r.DetectedBy, r.AcknowledgedAt, r.MitigatedAt, r.RevertStartedAt, r.RevertedAt, r.RecoveredAt, r.BaselineAt, r.EndedAt);

    private static ReportInjection Injection(Injection i) => new(
        Name(i), i.Target.Owner, i.Target.Node, i.Phase, i.Effect, i.Proof, RevertMs(i), i.SentAt, i.RevertRequestedAt, i.RevertedAt, i.Deadline, i.RevertAttempts, i.Problem, i.Undo?.InWords);

    private static long? RevertMs(Injection i) =>
        i is { RevertRequestedAt: { } asked, RevertedAt: { } proved } ? Math.Max(0, (long)(proved - asked).TotalMilliseconds) : null;

    private static string Name(Injection i) => $"{i.Target.Namespace}/{i.Target.Name}";

    private static string Unit(ExperimentPlan plan, string probe) => plan.Probes.FirstOrDefault(p => p.Name == probe)?.Unit is { Length: > 0 } unit ? $" {unit}" : "";

    private static ReportAlerts Alerts(IReadOnlyList<string> expected, List<ReportEntry> own)
    {
        var seen = own.Where(t => t.Kind == EntryKind.Alert).Select(t => t.Text).ToList();
        var fired = expected.Where(e => seen.Exists(s => s.Contains(e, StringComparison.Ordinal))).ToList();
        return new(fired, [.. expected.Except(fired, StringComparer.Ordinal)], [.. seen.Where(s => !expected.Any(e => s.Contains(e, StringComparison.Ordinal)))], seen.Count > 0);
    }
}

using System.Collections.Concurrent;
using GameDay.Data;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Engine.Control;

/// <summary>Asks the server for every request of inject and revert with dry run, on one target per workload. Answers are good for a minute.</summary>
internal sealed class DryRuns(Faults faults, IDbContextFactory<GameDayDbContext> databases, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, TargetRehearsal> _kept = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<TargetRehearsal>> AskAsync(ExperimentPlan experiment, IReadOnlyList<FaultTarget> chosen, bool afresh, CancellationToken ct)
    {
        var fault = faults.Get(experiment.Fault.Kind);
        var settings = FaultSettings.WithDefaults(fault.Kind, experiment.Fault.Settings);
        var installation = await InstallationAsync(ct);
        var answers = new List<TargetRehearsal>();
        foreach (var target in chosen.DistinctBy(t => t.Owner ?? t.Name))
            answers.Add(!afresh && Kept(experiment, target) is { } kept ? kept : await RehearseAsync(fault, experiment, Order(target, settings, experiment, installation), ct));
        return answers;
    }

    private TargetRehearsal? Kept(ExperimentPlan experiment, FaultTarget target) =>
        _kept.TryGetValue(Key(experiment, target), out var kept) && clock.GetUtcNow() - kept.At < GoodFor ? kept : null;

    private async Task<TargetRehearsal> RehearseAsync(IFault fault, ExperimentPlan experiment, InjectionOrder order, CancellationToken ct)
    {
        foreach (var old in _kept.Where(k => clock.GetUtcNow() - k.Value.At >= GoodFor)) _kept.TryRemove(old);
        var at = clock.GetUtcNow();
        return _kept[Key(experiment, order.Target)] = new(order.Target.Name, await fault.RehearseAsync(order, ct), at);
    }

    private InjectionOrder Order(FaultTarget target, IReadOnlyDictionary<string, string> settings, ExperimentPlan experiment, string installation)
    {
        var id = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        return new(id, id.ToString("N")[^8..], Guid.Empty, installation, target, settings, experiment.Duration, now + TimeSpan.FromSeconds(30), now + experiment.Duration);
    }

    private async Task<string> InstallationAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Installations.AsNoTracking().Select(i => i.InstallationId).SingleAsync(ct);
    }

    private static string Key(ExperimentPlan experiment, FaultTarget target) =>
        $"{target.Cluster}/{target.Uid}/{experiment.Fault.Kind}/{string.Join(',', experiment.Fault.Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"))}";
}

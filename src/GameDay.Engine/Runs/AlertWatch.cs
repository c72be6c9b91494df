using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>
/// Writes each alert that begins to fire during a run onto its timeline, so that the report can tell fired from missing.
/// What fired before the run is not its news. It judges nothing, and nothing waits for it.
/// </summary>
internal sealed class AlertWatch(IEnumerable<IAlertSource> sources, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public Task KeepListeningAsync(OwnedRun own, CancellationToken ct) =>
        Task.WhenAll(sources.Where(s => s.IsConfigured).Select(source => ListenAsync(own, source, ct)));

    private async Task ListenAsync(OwnedRun own, IAlertSource source, CancellationToken ct)
    {
        IReadOnlyList<FiringAlert>? before = null;
        var silent = false;
        try
        {
            while (true)
            {
                try
                {
                    var firing = await source.FiringAsync(ct);
                    foreach (var alert in firing.ExceptBy((before ?? firing).Select(a => a.Key), a => a.Key, StringComparer.Ordinal)) own.Probes.Say(EntryKind.Alert, InWords(alert));
                    (before, silent) = (firing, false);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    if (!silent) own.Probes.Say(EntryKind.ProbeMissing, $"alerts: no data from {source.Vendor} ({e.Message})");
                    silent = true;
                }
                await Task.Delay(Every, clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The journey ended.
        }
    }

    private static string InWords(FiringAlert alert) => alert.Summary.Length > 0 ? $"{alert.Name}: {alert.Summary}" : alert.Name;
}

using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Engine.Probes;

namespace GameDay.Engine.Runs;

/// <summary>
/// Writes each alert that begins to fire during a run onto its timeline, so that the report can tell fired from missing.
/// What fired before the run is not its news. It judges nothing, and nothing waits for it.
/// </summary>
internal sealed class AlertWatch(IEnumerable<IAlertSource> sources, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public Task KeepListeningAsync(ProbeBoard board, CancellationToken ct) =>
        Task.WhenAll(sources.Where(s => s.IsConfigured).Select(source => ListenAsync(board, source, ct)));

    private async Task ListenAsync(ProbeBoard board, IAlertSource source, CancellationToken ct)
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
                    foreach (var alert in firing.ExceptBy((before ?? firing).Select(a => a.Key), a => a.Key, StringComparer.Ordinal)) board.Say(EntryKind.Alert, InWords(alert));
                    (before, silent) = (firing, false);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    if (!silent) board.Say(EntryKind.ProbeMissing, $"alerts: no data from {source.Vendor} ({e.Message})");
                    silent = true;
                }
                await Task.Delay(Every, clock, ct);
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // The journey ended. A question cut off by that fails in more ways than by being cancelled; none is the journey's concern.
        }
    }

    private static string InWords(FiringAlert alert) => alert.Summary.Length > 0 ? $"{alert.Name}: {alert.Summary}" : alert.Name;
}

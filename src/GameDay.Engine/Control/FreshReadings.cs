using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Probes;

namespace GameDay.Engine.Control;

/// <summary>Reads every probe of an experiment once, now.</summary>
internal sealed class FreshReadings(IEnumerable<IProbeSource> sources, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<ProbeReading>> ReadAsync(string cluster, IReadOnlyList<ProbeSpec> probes, CancellationToken ct) =>
        await Task.WhenAll(probes.Select(p => ReadAsync(cluster, p, ct)));

    private async Task<ProbeReading> ReadAsync(string cluster, ProbeSpec probe, CancellationToken ct)
    {
        var track = new ProbeTrack(probe, [], clock);
        var sample = await SampleAsync(track, cluster, probe, ct);
        return new(probe.Name, sample.InTolerance, track.InWords(), sample.At);
    }

    private async Task<ProbeSample> SampleAsync(ProbeTrack track, string cluster, ProbeSpec probe, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience + (probe.Http?.Timeout ?? TimeSpan.Zero));
        try
        {
            if (sources.FirstOrDefault(s => s.Handles(probe)) is not { } source) return track.Miss(Guid.Empty, "no source reads this kind of probe");
            var readings = await source.ReadAsync(cluster, probe, patience.Token);
            return readings.Count == 0 ? track.Miss(Guid.Empty, "an empty answer") : track.Take(Guid.Empty, readings);
        }
        // Whatever kept a source from answering is the same here: no data.
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return track.Miss(Guid.Empty, e is OperationCanceledException ? "no answer in time" : e.Message);
        }
    }
}

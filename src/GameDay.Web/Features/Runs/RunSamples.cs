using GameDay.Domain.Experiments;
using GameDay.Web.Components.Charts;
using GameDay.Web.Components.Parts;

namespace GameDay.Web.Features.Runs;

/// <summary>The readings of one run that a page holds; grows by asking for what is new.</summary>
public sealed class RunSamples(Guid runId)
{
    // Batches of different probes are written one after the other, so the newest moment of one says little about another.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, SortedList<DateTimeOffset, ShowSamples.Row>> _byProbe = new(StringComparer.Ordinal);

    public Guid RunId { get; } = runId;

    public ShowSamples.Query Next => new(RunId, _byProbe.Values.Where(v => v.Count > 0).Select(v => v.GetKeyAtIndex(v.Count - 1)).DefaultIfEmpty().Max() is var newest && newest > DateTimeOffset.MinValue + Overlap ? newest - Overlap : DateTimeOffset.MinValue);

    /// <returns>True when something was new.</returns>
    public bool Add(IEnumerable<ShowSamples.Row> rows)
    {
        var grew = false;
        foreach (var row in rows)
        {
            if (!_byProbe.TryGetValue(row.Probe, out var list)) _byProbe[row.Probe] = list = [];
            grew |= list.TryAdd(row.At, row);
        }
        return grew;
    }

    public ProbeSeries SeriesOf(ProbeSpec probe, Lane lane, DateTimeOffset now, Viewer viewer)
    {
        var rows = _byProbe.TryGetValue(probe.Name, out var list) ? list.Values : [];
        var abort = lane.Plan.AbortWhen.Where(a => a.Probe == probe.Name).ToList();
        var from = rows.Count > 0 ? rows[0].At : lane.Run?.BaselineAt ?? now - Shortest;
        var to = lane.Run is { IsOver: true, EndedAt: { } ended } ? ended : now;
        return new ProbeSeries
        {
            Name = probe.Name, Unit = probe.Unit, Tolerance = probe.Tolerance,
            AbortBelow = abort.Select(a => a.Below).FirstOrDefault(b => b is not null), AbortAbove = abort.Select(a => a.Above).FirstOrDefault(a => a is not null),
            Points = [.. rows.Select(r => new ChartPoint(viewer.Local(r.At), r.Value, r.InTolerance))],
            From = viewer.Local(from), To = viewer.Local(to - from < Shortest && lane.Run?.IsOver != true ? from + Shortest : to),
            FaultFrom = lane.Run?.InjectedAt is { } at ? viewer.Local(at) : null,
            FaultTo = lane.Run?.FaultEndedAt is { } end ? viewer.Local(end) : lane.Run?.InjectedAt is null ? null : viewer.Local(now),
            FaultWords = lane.Run?.InjectedAt is { } since ? $"Fault: {FaultWords.Short(lane.Plan.Fault)} since {viewer.Exact(since)}" : "",
        };
    }
}

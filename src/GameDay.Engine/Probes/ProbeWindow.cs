using GameDay.Domain.Experiments;

namespace GameDay.Engine.Probes;

/// <summary>Takes the readings of the last few seconds together: Success is the mean percentage, Latency the 95th percentile, Value the newest.</summary>
internal sealed class ProbeWindow(ProbeSpec spec, TimeProvider clock)
{
    private readonly Queue<(long Stamp, IReadOnlyList<double> Values)> _readings = new();

    public double Take(IReadOnlyList<double> values)
    {
        _readings.Enqueue((clock.GetTimestamp(), values));
        while (_readings.Count > 1 && clock.GetElapsedTime(_readings.Peek().Stamp) >= (spec.Http?.Window ?? TimeSpan.Zero)) _readings.Dequeue();
        var all = _readings.SelectMany(r => r.Values).ToList();
        return spec.Http?.Measure switch { HttpMeasure.Latency => Percentile95(all), HttpMeasure.Value => values[^1], _ => all.Average() };
    }

    private static double Percentile95(List<double> values)
    {
        values.Sort();
        return values[(int)Math.Ceiling(values.Count * 0.95) - 1];
    }
}

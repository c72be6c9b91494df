using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace GameDay.Sandbox.Shop;

/// <summary>Counters, gauges and histograms of one process, written in Prometheus' text format.</summary>
public sealed class ShopMetrics
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5];
    private readonly ConcurrentDictionary<(string Name, string Labels), Counter> _counters = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), Histogram> _histograms = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), Counter> _gauges = new();

    /// <param name="labels">Written as they appear in the text: <c>code="200"</c>.</param>
    public void Count(string name, string labels) => _counters.GetOrAdd((name, labels), _ => new Counter()).Add(1);

    public void Gauge(string name, int change, string labels = "") => _gauges.GetOrAdd((name, labels), _ => new Counter()).Add(change);

    /// <summary>A gauge as it is at this moment.</summary>
    public void Set(string name, long value, string labels = "") => _gauges.GetOrAdd((name, labels), _ => new Counter()).Value = value;

    public void Observe(string name, string labels, TimeSpan took) => _histograms.GetOrAdd((name, labels), _ => new Histogram()).Add(took.TotalSeconds);

    public string Write()
    {
        var text = new StringBuilder(2048);
        WriteValues(text, "counter", _counters);
        WriteValues(text, "gauge", _gauges);
        foreach (var family in _histograms.GroupBy(pair => pair.Key.Name))
        {
            text.Append("# TYPE ").Append(family.Key).Append(" histogram\n");
            foreach (var ((name, labels), histogram) in family)
            {
                histogram.Write(text, name, labels);
            }
        }

        return text.ToString();
    }

    private static void WriteValues(StringBuilder text, string type, ConcurrentDictionary<(string Name, string Labels), Counter> values)
    {
        foreach (var family in values.GroupBy(pair => pair.Key.Name))
        {
            text.Append("# TYPE ").Append(family.Key).Append(' ').Append(type).Append('\n');
            foreach (var ((name, labels), counter) in family)
            {
                Line(text, name, labels, counter.Value);
            }
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private sealed class Counter
    {
        private long _value;

        public long Value
        {
            get => Interlocked.Read(ref _value);
            set => Interlocked.Exchange(ref _value, value);
        }

        public void Add(int change) => Interlocked.Add(ref _value, change);
    }

    private sealed class Histogram
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[Bounds.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            var at = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (_gate)
            {
                _buckets[at < 0 ? Bounds.Length : at]++;
                _sum += seconds;
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            var before = labels.Length == 0 ? "" : labels + ",";
            var count = 0L;
            lock (_gate)
            {
                for (var i = 0; i < _buckets.Length; i++)
                {
                    count += _buckets[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, name + "_bucket", $"{before}le=\"{bound}\"", count);
                }

                Line(text, name + "_sum", labels, Math.Round(_sum, 6));
                Line(text, name + "_count", labels, count);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using GameDay.Faults.Targeting;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What the owners of killed pods have put in their place. Of many pods of one workload, all within a moment share one reading.</summary>
internal sealed class Replacements(ClusterConnections clusters)
{
    private const string TemplateHash = "pod-template-hash";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string Cluster, string Namespace, string Selector), Shared> _shared = [];

    public async Task<Evidence> ReadAsync(FaultTarget target, CancellationToken ct)
    {
        if (target.Owner is null)
            return await WithoutReadingAsync(target, "nothing to undo; no owner replaces this pod", ct);
        if (target.Labels.Count == 0)
            return await WithoutReadingAsync(target, "nothing to undo; the pod had no labels to find its replacement by", ct);
        var reading = await SharedAsync(target, ct);
        var pods = reading.Alive.Where(pod => pod.Uid != target.Uid).ToList();
        var ready = pods.Where(pod => pod.Ready).ToList();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["owner"] = target.Owner,
            ["alive"] = $"{pods.Count}",
            ["ready"] = $"{ready.Count}",
            ["newest"] = ready.MaxBy(pod => pod.CreatedAt)?.Name ?? "none",
        };
        var summary = ready.Count > 0
            ? $"nothing to undo; {ready.Count} of {pods.Count} other pods of {target.Owner} are Ready, newest {facts["newest"]}"
            : $"nothing to undo; no replacement of {target.Owner} is Ready yet";
        return new(Holds: true, summary, facts, reading.At);
    }

    private async Task<Evidence> WithoutReadingAsync(FaultTarget target, string summary, CancellationToken ct) =>
        new(Holds: true, summary, new Dictionary<string, string>(StringComparer.Ordinal), await clusters.For(target.Cluster).ReadServerTimeAsync(ct));

    private async Task<Reading> SharedAsync(FaultTarget target, CancellationToken ct)
    {
        var shared = _shared.GetOrAdd((target.Cluster, target.Namespace, Selector(target)), _ => new());
        await shared.Turn.WaitAsync(ct);
        try
        {
            if (shared.Last is null || Stopwatch.GetElapsedTime(shared.Last.Stamp) > Fresh)
                shared.Last = await ReadOnceAsync(target, ct);
            return shared.Last;
        }
        finally
        {
            shared.Turn.Release();
        }
    }

    private async Task<Reading> ReadOnceAsync(FaultTarget target, CancellationToken ct)
    {
        foreach (var other in _shared.Values)
        {
            if (other.Last is { } old && Stopwatch.GetElapsedTime(old.Stamp) > Fresh)
                other.Last = null; // nobody needs its rows any more
        }
        var client = clusters.For(target.Cluster);
        var pods = await client.SelectAsync<Brief, Row?>(V1Pod.Resource, Row.Of, target.Namespace, Selector(target), cancellationToken: ct);
        return new([.. pods.Items.OfType<Row>()], await client.ReadServerTimeAsync(ct), Stopwatch.GetTimestamp());
    }

    /// <summary>All the pod's labels say best whose it was; a template hash would miss pods of a rollout.</summary>
    private static string Selector(FaultTarget target) => string.Join(',', target.Labels
        .Where(label => label.Key is not TemplateHash and not "controller-revision-hash" and not "statefulset.kubernetes.io/pod-name" and not "apps.kubernetes.io/pod-index")
        .Select(label => $"{label.Key}={label.Value}"));

    private sealed class Shared
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public Reading? Last { get; set; }
    }

    private sealed record Reading(IReadOnlyList<Row> Alive, DateTimeOffset At, long Stamp);

    private sealed record Brief(V1ObjectMeta Metadata, PodRow.Status? Status);

    private sealed record Row(string Uid, string Name, bool Ready, DateTimeOffset? CreatedAt)
    {
        public static Row? Of(Brief pod) => pod.Metadata.DeletionTimestamp is not null || pod.Status?.Phase is "Succeeded" or "Failed" ? null
            : new(pod.Metadata.Uid!, pod.Metadata.Name!, pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true, pod.Metadata.CreationTimestamp);
    }
}

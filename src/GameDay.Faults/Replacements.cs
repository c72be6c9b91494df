using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>What the owner of a killed pod has put in its place.</summary>
internal sealed class Replacements(KubernetesClient client, FaultTarget target)
{
    private const string TemplateHash = "pod-template-hash";

    public async Task<(string Summary, Dictionary<string, string> Facts)> ReadAsync(CancellationToken ct)
    {
        if (target.Labels.Count == 0)
            return ("nothing to undo; the pod had no labels to find its replacement by", []);
        var pods = (await client.ListAsync<V1Pod>(target.Namespace, Selector(), cancellationToken: ct)).Items.Where(pod => pod.IsAlive && pod.Metadata.Uid != target.Uid).ToList();
        var ready = pods.Where(pod => pod.IsReady).OrderByDescending(pod => pod.Metadata.CreationTimestamp).ToList();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["owner"] = target.Owner!,
            ["alive"] = $"{pods.Count}",
            ["ready"] = $"{ready.Count}",
            ["newest"] = ready.FirstOrDefault()?.Metadata.Name ?? "none",
        };
        var summary = ready.Count > 0
            ? $"nothing to undo; {ready.Count} of {pods.Count} other pods of {target.Owner} are Ready, newest {facts["newest"]}"
            : $"nothing to undo; no replacement of {target.Owner} is Ready yet";
        return (summary, facts);
    }

    /// <summary>All the pod's labels say best whose it was; a template hash would miss pods of a rollout.</summary>
    private string Selector() => string.Join(',', target.Labels
        .Where(label => label.Key is not TemplateHash and not "controller-revision-hash" and not "statefulset.kubernetes.io/pod-name" and not "apps.kubernetes.io/pod-index")
        .Select(label => $"{label.Key}={label.Value}"));
}

using GameDay.Domain.Plugins;
using GameDay.Faults.Targeting;
using GameDay.Kubernetes;

namespace GameDay.Faults.Surroundings;

/// <summary>The pods of one namespace as rescuers.</summary>
internal sealed class RescuerSearch(KubernetesClient client, string own, string cluster)
{
    private const string Component = "app.kubernetes.io/component";

    /// <returns>Null pods when the namespace may not be read.</returns>
    public async Task<(string Namespace, IReadOnlyList<Rescuer>? Pods)> InAsync(string ns, CancellationToken ct)
    {
        try
        {
            var describer = new PodDescriber(client, cluster);
            var rescuers = new List<Rescuer>();
            foreach (var pod in (await client.ListAsync<V1Pod>(ns, cancellationToken: ct)).Items.Where(p => p.IsAlive))
                rescuers.Add(Describe(pod, ns, await describer.OwnerAsync(pod.Metadata.Controller, ns, ct)));
            return (ns, rescuers);
        }
        catch (KubernetesException refusal) when (refusal.Code == 403)
        {
            return (ns, null);
        }
    }

    private Rescuer Describe(V1Pod pod, string ns, string? owner)
    {
        // A static pod is owned by its node; what it is, only its label tells.
        var workload = pod.Metadata.Controller?.Kind == "Node" ? pod.Metadata.Label("component") : owner;
        var part = ns == own ? pod.Metadata.Label(Component) ?? workload : $"{workload ?? pod.Metadata.Name} in {ns}";
        return new(part ?? pod.Metadata.Name!, ns, pod.Metadata.Name!, pod.Metadata.Uid!, owner, pod.Spec?.NodeName, pod.IsReady, PerNode: pod.Metadata.Controller?.Kind == "DaemonSet");
    }
}

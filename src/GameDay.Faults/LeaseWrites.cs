using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Makes or renews a Lease of ours: one call while it stands.</summary>
internal static class LeaseWrites
{
    public static async Task RenewAsync(KubernetesClient client, V1Lease lease, CancellationToken ct)
    {
        var patch = V1Patch.Merge(new { metadata = new { labels = lease.Metadata.Labels, annotations = lease.Metadata.Annotations }, spec = lease.Spec });
        try
        {
            await client.PatchAsync<V1Lease>(patch, lease.Metadata.Name!, lease.Metadata.Namespace, cancellationToken: ct);
        }
        catch (KubernetesException missing) when (missing.IsNotFound)
        {
            // Made by another in between? Then that one's beat is as good as ours.
            await Conditional.CreatedAsync(client, lease, ct);
        }
    }
}

using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Partitions;

/// <summary>The two objects a partition writes: the policy, then the label that makes it bite. Undone in reverse order.</summary>
internal static class PartitionWrites
{
    public static async Task RehearseAsync(KubernetesClient client, InjectionOrder order, V1NetworkPolicy policy, CancellationToken ct)
    {
        await client.CreateAsync(policy, dryRun: true, ct);
        await LabelAsync(client, order, dryRun: true, ct);
    }

    /// <summary>Writes both, each with its answer awaited: see <see cref="Landing.AwaitAnswerAsync"/>.</summary>
    public static async Task PartAsync(KubernetesClient client, InjectionOrder order, V1NetworkPolicy policy, CancellationToken ct)
    {
        await Refusals.RefuseIfUntouchedAsync(() => Landing.AwaitAnswerAsync(answered => client.CreateAsync(policy, cancellationToken: answered), ct));
        await Landing.RefuseLateAsync(client, order, ct);
        await Landing.AwaitAnswerAsync(answered => LabelAsync(client, order, dryRun: false, answered), ct);
    }

    /// <summary>Repeatable. Removes only what carries this injection's id (rule 13) and still holds our value (rule 7).</summary>
    public static async Task JoinAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        try
        {
            if (await FindLabelledAsync(client, order, ct) is not null)
                await UnlabelAsync(client, order, ct);
        }
        finally
        {
            // Either of the two ends the partition, so a label that may not be taken off keeps no policy in place.
            if (await FindPolicyAsync(client, order, ct) is { } policy)
                await client.DeleteAsync<V1NetworkPolicy>(policy.Metadata.Name!, policy.Metadata.Namespace, V1DeleteOptions.Exactly(policy.Metadata.Uid!), cancellationToken: ct);
        }
    }

    /// <summary>What is still there, in words; null when both are gone.</summary>
    public static async Task<string?> FindLeftAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        if (await FindPolicyAsync(client, order, ct) is { } policy)
            return $"NetworkPolicy {policy.Metadata.Namespace}/{policy.Metadata.Name}";
        return await FindLabelledAsync(client, order, ct) is { } pod ? $"label {PartitionPolicy.TargetLabel} on pod {pod.Metadata.Namespace}/{pod.Metadata.Name}" : null;
    }

    private static async Task<V1NetworkPolicy?> FindPolicyAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var policy = await client.FindAsync<V1NetworkPolicy>(PartitionPolicy.NameOf(order), order.Target.Namespace, ct);
        return policy is not null && Marks.Carries(policy.Metadata, order) ? policy : null;
    }

    private static async Task<V1Pod?> FindLabelledAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var pod = await client.FindAsync<V1Pod>(order.Target.Name, order.Target.Namespace, ct);
        return pod?.Metadata.Uid == order.Target.Uid && pod.Metadata.Label(PartitionPolicy.TargetLabel) == order.ShortId ? pod : null;
    }

    private static Task<V1Pod> LabelAsync(KubernetesClient client, InjectionOrder order, bool dryRun, CancellationToken ct)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [PartitionPolicy.TargetLabel] = order.ShortId };
        var patch = V1Patch.Merge(new { metadata = new { uid = order.Target.Uid, labels } });
        return client.PatchAsync<V1Pod>(patch, order.Target.Name, order.Target.Namespace, dryRun: dryRun, cancellationToken: ct);
    }

    private static async Task UnlabelAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var label = "/metadata/labels/" + PartitionPolicy.TargetLabel.Replace("/", "~1", StringComparison.Ordinal);
        var patch = V1Patch.Json(new("test", "/metadata/uid", order.Target.Uid), new("test", label, order.ShortId), new("remove", label));
        try
        {
            await client.PatchAsync<V1Pod>(patch, order.Target.Name, order.Target.Namespace, cancellationToken: ct);
        }
        catch (KubernetesException refusal) when (refusal.IsNotFound || refusal.IsConflict || refusal.Code == 422)
        {
            // The pod or our label went away in between. Anything else than that must not pass for undone.
            if (await FindLabelledAsync(client, order, ct) is not null)
                throw;
        }
    }
}

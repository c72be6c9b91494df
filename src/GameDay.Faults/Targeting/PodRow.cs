using GameDay.Kubernetes;

namespace GameDay.Faults.Targeting;

/// <summary>What choosing needs of a pod, and nothing else: of the pods themselves never more than a page is held.</summary>
/// <param name="Controller">The owner that would make a replacement.</param>
internal sealed record PodRow(string Namespace, string Name, string Uid, IReadOnlyDictionary<string, string> Labels, V1OwnerReference? Controller)
{
    private static readonly Dictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    public string? Node { get; init; }
    public string? Ip { get; init; }
    public bool Ready { get; init; }

    /// <summary>Null for a pod that has finished or is on its way out.</summary>
    public static PodRow? Of(Brief pod) => !pod.IsAlive ? null
        : new(pod.Metadata.Namespace!, pod.Metadata.Name!, pod.Metadata.Uid!, pod.Metadata.Labels ?? NoLabels, pod.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true))
        {
            Node = pod.Spec?.NodeName,
            Ip = pod.Status?.PodIP,
            Ready = pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true,
        };

    /// <summary>The fields that are decoded; the rest of a pod is skipped where it stands in the answer.</summary>
    internal sealed record Brief(Meta Metadata, Spec? Spec, Status? Status)
    {
        public bool IsAlive => Metadata.DeletionTimestamp is null && Status?.Phase is not ("Succeeded" or "Failed");
    }

    internal sealed record Meta(string? Namespace, string? Name, string? Uid, DateTimeOffset? DeletionTimestamp, Dictionary<string, string>? Labels, IReadOnlyList<V1OwnerReference>? OwnerReferences);

    internal sealed record Spec(string? NodeName);

    internal sealed record Status(string? Phase, string? PodIP, IReadOnlyList<Condition>? Conditions);

    internal sealed record Condition(string? Type, string? Status);
}

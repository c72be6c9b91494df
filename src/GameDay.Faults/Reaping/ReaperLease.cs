using System.Globalization;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>The reaper's own sign of life, renewed by the API server's clock and only after a reading that worked.</summary>
/// <param name="installation">Null while none has injected in this namespace yet.</param>
public sealed class ReaperLease(KubernetesClient client, ReaperOptions options, string? installation, TimeSpan every, TimeProvider clock)
{
    private long? _reportedAt;
    private int _untouched;

    private string Name => Reapers.Prefix + options.Name;

    public async Task ReportAsync(DateTimeOffset serverNow, int untouched, CancellationToken ct)
    {
        if (_reportedAt is { } last && untouched == _untouched && clock.GetElapsedTime(last) < every)
            return;
        await LeaseWrites.RenewAsync(client, Lease(serverNow, untouched), ct);
        (_reportedAt, _untouched) = (clock.GetTimestamp(), untouched);
    }

    public Task EndAsync(CancellationToken ct) => client.DeleteAsync<V1Lease>(Name, options.Namespace, cancellationToken: ct);

    private V1Lease Lease(DateTimeOffset serverNow, int untouched)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Reapers.UntouchedAnnotation] = untouched.ToString(CultureInfo.InvariantCulture) };
        if (options.Node is not null)
            annotations[Reapers.NodeAnnotation] = options.Node;
        if (options.Namespaces.Count > 0)
            annotations[Reapers.NamespacesAnnotation] = string.Join(',', options.Namespaces);
        if (options.Kinds.Count > 0)
            annotations[Reapers.KindsAnnotation] = string.Join(',', options.Kinds);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Marks.ManagedBy] = Marks.Product, [Marks.Role] = Reapers.RoleName };
        if (installation is not null)
            labels[Marks.Installation] = installation;
        return new()
        {
            Metadata = new() { Name = Name, Namespace = options.Namespace, Labels = labels, Annotations = annotations },
            Spec = new() { HolderIdentity = options.Name, LeaseDurationSeconds = 15, RenewTime = serverNow },
        };
    }
}

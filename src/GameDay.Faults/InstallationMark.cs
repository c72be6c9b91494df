using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>
/// Whose namespace this is, ConfigMap <c>gameday-installation</c>: written by the first installation that injects and never
/// changed, so that a reaper without a database knows whose entries it may act on.
/// </summary>
public static class InstallationMark
{
    public const string Name = "gameday-installation";
    private const string Id = "id";

    /// <summary>Does nothing where somebody was first.</summary>
    public static async Task PublishAsync(KubernetesClient client, FaultOptions options, CancellationToken ct)
    {
        if (await FindAsync(client, options.Namespace, ct) is not null)
            return;
        var mark = new V1ConfigMap
        {
            Metadata = new()
            {
                Name = Name,
                Namespace = options.Namespace,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Marks.ManagedBy] = Marks.Product, [Marks.Installation] = options.InstallationId },
            },
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { [Id] = options.InstallationId },
        };
        await Conditional.CreatedAsync(client, mark, ct);
    }

    /// <summary>Null while no installation has injected here yet.</summary>
    public static async Task<string?> FindAsync(KubernetesClient client, string @namespace, CancellationToken ct) =>
        (await client.FindAsync<V1ConfigMap>(Name, @namespace, ct))?.Data?.GetValueOrDefault(Id);
}

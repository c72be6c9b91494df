using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Nothing may land late (revert protocol, rule 2), and only the server's clock says what late is.</summary>
internal static class Landing
{
    public static async Task RefuseLateAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var now = await client.ReadServerTimeAsync(ct);
        if (now > order.NotAfter)
            throw new FaultRefused($"It is too late to begin: the server's clock says {now:HH:mm:ss}, the injection had to begin by {order.NotAfter:HH:mm:ss} UTC.");
    }
}

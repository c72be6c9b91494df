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

    /// <summary>
    /// A write that injects is never cancelled on its way: the client waits longer than the server may take, so after its
    /// answer or its silence nothing of it can land any more.
    /// </summary>
    public static Task<T> AwaitAnswerAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return write(CancellationToken.None);
    }
}

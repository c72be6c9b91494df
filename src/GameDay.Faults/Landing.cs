using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults;

/// <summary>Nothing may land late (revert protocol, rule 2), and only the server's clock says what late is.</summary>
internal static class Landing
{
    /// <summary>An answer of the server this young tells its clock as well as another would.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    public static async Task RefuseLateAsync(KubernetesClient client, InjectionOrder order, CancellationToken ct)
    {
        var heard = client.ServerClock;
        var now = heard.Age < Fresh && heard.Now is { } known ? known : await client.ReadServerTimeAsync(ct);
        if (now > LimitOf(order))
            throw new FaultRefused($"It is too late to begin: the server's clock says {now:HH:mm:ss}, the injection had to begin by {LimitOf(order):HH:mm:ss} UTC.");
    }

    /// <summary>A fault that is to be gone by its deadline does not begin after it either.</summary>
    public static DateTimeOffset LimitOf(InjectionOrder order) => order.NotAfter < order.Deadline ? order.NotAfter : order.Deadline;

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

namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>How long one watch request lives before it is taken up again. Default: 4 minutes.</summary>
    public TimeSpan WatchLife { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Everything there is, then every change, until cancelled. Disconnects and an outdated place (410) are mended
    /// silently; <paramref name="onInterrupted"/> hears of failures, since a mended watch was blind for a while.
    /// </summary>
    /// <exception cref="KubernetesException">A refusal that trying again does not mend, such as 403.</exception>
    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, Action<Exception>? onInterrupted = null, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        new Watcher<T>(this, new(_transport, _answers, WatchLife, _clock), @namespace, labelSelector, fieldSelector, _clock, onInterrupted).RunAsync(cancellationToken);
}

using Microsoft.AspNetCore.Http;

namespace GameDay.Sandbox.Store;

/// <summary>What the API server asks of the kubelet about running containers. Implemented by the kubelet.</summary>
public interface IPodRuntime
{
    /// <summary>Runs a command in a container and returns its exit code. Unknown containers: <see cref="ApiException"/>.</summary>
    Task<int> ExecAsync(
        string ns,
        string pod,
        string container,
        IReadOnlyList<string> command,
        Stream stdin,
        Stream stdout,
        Stream stderr,
        CancellationToken cancellationToken);

    /// <summary>The container's lines, oldest first, after tail and since are applied; with follow it ends when the container does.</summary>
    IAsyncEnumerable<LogLine> LogsAsync(string ns, string pod, string container, LogOptions options, CancellationToken cancellationToken);

    /// <summary>Passes the request on to a pod's address and copies the answer into the response.</summary>
    /// <param name="path">Path and query below the proxy, starting with a slash.</param>
    Task ProxyAsync(HttpContext context, string podIp, int port, string path);
}

/// <summary>One line a container wrote, without its line end.</summary>
public sealed record LogLine(DateTimeOffset At, string Text);

/// <summary>Which lines to send. The kubelet applies all of them.</summary>
public sealed record LogOptions(bool Follow = false, int? TailLines = null, DateTimeOffset? Since = null, bool Previous = false);

using System.Globalization;

namespace GameDay.Kubernetes;

/// <summary>
/// The tries of one call. Reads are repeated after trouble on the way or at the server; a change only when the server said that it
/// turned it away unread (429 with Retry-After). All tries together stay within the limits of one.
/// </summary>
internal sealed class Attempts(ApiRequest request, KubernetesClientConfiguration config, Failures failures, TimeProvider clock)
{
    private const int Most = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>What must be left of the time for another try to make sense.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    /// <summary>The shortest time a server is given: rounded to 0 it would take that for its own default of a minute.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private readonly long _began = clock.GetTimestamp();
    private int _failed;

    public TimeSpan Pause { get; private set; }

    /// <summary>The request with the time that is left for it, to be asked for right before each sending: a change must not land
    /// later because it is sent again, or because signing in or a pause took long.</summary>
    /// <exception cref="ClusterUnreachableException">Too little is left for a change.</exception>
    public ApiRequest Next()
    {
        var left = Limit - clock.GetElapsedTime(_began);
        if (left >= Shortest)
            return request with { ServerTimeout = left };
        return request.IsMutating ? throw failures.NotSent(request) : request with { ServerTimeout = Shortest };
    }

    /// <summary>Whether the call may be made again, after <see cref="Pause"/>.</summary>
    public bool MayRepeat(Exception cause)
    {
        var asked = (cause as KubernetesException)?.RetryAfter;
        Pause = asked ?? FirstPause * Math.Pow(2, _failed++);
        return request.Repeatable && _failed < Most && IsPassing(cause, asked) && clock.GetElapsedTime(_began) + Pause + Least < Limit;
    }

    private TimeSpan Limit => request.IsMutating ? config.ServerTimeout : config.ClientWait;

    private bool IsPassing(Exception cause, TimeSpan? asked) => cause switch
    {
        KubernetesException { Code: 429 } => asked is not null || request.Method == HttpMethod.Get,
        KubernetesException { Code: 500 or 502 or 503 or 504 } => !request.IsMutating,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError } => false,
        HttpRequestException or IOException => !request.IsMutating,
        _ => false,
    };

    /// <summary>A Go duration, as the API's <c>timeout</c> option wants it.</summary>
    public static string Text(TimeSpan time) => time.Milliseconds == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}

using System.Globalization;

namespace GameDay.Kubernetes;

/// <summary>
/// The tries of one call. Reads are repeated after trouble on the way or at the server; a change only when the server said that it
/// turned it away unread (429 with Retry-After). All tries together stay within the limits of one.
/// </summary>
internal sealed class Attempts(ApiRequest request, KubernetesClientConfiguration config, TimeProvider clock)
{
    private const int Most = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>What must be left of the time for another try to make sense.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);
    private readonly long _began = clock.GetTimestamp();
    private int _made;

    public TimeSpan Pause { get; private set; }

    /// <summary>The request with the time that is left for it: a change sent again must not land later than one sent once.</summary>
    public ApiRequest Next() => request with { ServerTimeout = _made++ == 0 ? Limit : Limit - clock.GetElapsedTime(_began) };

    /// <summary>Whether the call may be made again, after <see cref="Pause"/>.</summary>
    public bool MayRepeat(Exception cause)
    {
        var asked = (cause as KubernetesException)?.RetryAfter;
        Pause = asked ?? FirstPause * Math.Pow(2, _made - 1);
        return request.Repeatable && _made < Most && IsPassing(cause, asked) && clock.GetElapsedTime(_began) + Pause + Least < Limit;
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

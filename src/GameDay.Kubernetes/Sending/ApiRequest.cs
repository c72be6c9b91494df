using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GameDay.Kubernetes;

/// <summary>One call, kept as data so that it can be sent again and named in an error.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public IReadOnlyList<(string Key, string? Value)> Query { get; init; } = [];
    public byte[]? Body { get; init; }
    public string MediaType { get; init; } = "application/json";
    public string Accept { get; init; } = "application/json";

    /// <summary>False for questions, even those that are posted.</summary>
    public bool IsMutating { get; init; } = Method != HttpMethod.Get;

    /// <summary>False where a second try would hide what is looked for, as behind a proxied service.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>A stream that lives on: neither limited in time nor counted as in flight.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether the server is told how long it may take.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>The time the server may take for this try.</summary>
    public TimeSpan? ServerTimeout { get; init; }

    public string Target
    {
        get
        {
            var query = new StringBuilder();
            foreach (var (key, value) in Query.Append(("timeout", IsTimed && !IsLong && ServerTimeout is { } limit ? Attempts.Text(limit) : null)))
            {
                if (value is not null)
                    query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
            }

            return Path + query;
        }
    }

    public HttpRequestMessage ToMessage(Uri root)
    {
        var message = new HttpRequestMessage(Method, new Uri(root, Target))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.Accept.ParseAdd(Accept);
        if (Body is not null)
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
        return message;
    }

    public override string ToString() => $"{Method} {Path}";
}

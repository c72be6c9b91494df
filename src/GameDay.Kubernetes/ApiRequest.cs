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
    public bool IsMutating => Method != HttpMethod.Get;

    public string Target
    {
        get
        {
            var query = new StringBuilder();
            foreach (var (key, value) in Query)
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

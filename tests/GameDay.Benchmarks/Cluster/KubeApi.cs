using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Cluster;

/// <summary>Bare HTTP to the sandbox, with nothing of the product in between: what benches compare with, and what the judge reads by.</summary>
internal sealed class KubeApi : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="connections">How many at once; HTTP/1.1, one request at a time on each.</param>
    public KubeApi(string kubeconfig, int connections = int.MaxValue)
    {
        var lines = File.ReadAllLines(kubeconfig);
        var authority = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(Value(lines, "certificate-authority-data"))));
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(authority);
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = connections, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        _http = new HttpClient(handler) { BaseAddress = new Uri(Value(lines, "server") + "/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Value(lines, "token"));
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, null, ct);

    /// <summary>Reads an answer to its end without looking at it; how many bytes it was.</summary>
    public async Task<int> BytesAsync(string path, CancellationToken ct)
    {
        using var message = Message(HttpMethod.Get, path, null, null);
        using var answer = await _http.SendAsync(message, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        return answer.IsSuccessStatusCode ? body.Length : throw new KubeRefused((int)answer.StatusCode, Encoding.UTF8.GetString(body));
    }

    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken ct) => [.. (await GetAsync(path, ct))["items"]!.AsArray().Select(i => i!.AsObject())];

    public Task<JsonNode> PostAsync(string path, string body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, "application/json", ct);

    public Task<JsonNode> PatchAsync(string path, string body, CancellationToken ct, string type = "application/merge-patch+json") => SendAsync(HttpMethod.Patch, path, body, type, ct);

    public Task<JsonNode> DeleteAsync(string path, string? body, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, body, "application/json", ct);

    /// <summary>Every change of a collection after a list's resourceVersion, until cancelled or the stream ends.</summary>
    public async IAsyncEnumerable<(string Type, JsonObject Object)> WatchAsync(string path, string after, [EnumeratorCancellation] CancellationToken ct)
    {
        using var message = Message(HttpMethod.Get, $"{path}?watch=true&resourceVersion={after}", null, null);
        using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!answer.IsSuccessStatusCode) throw new KubeRefused((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            var change = JsonNode.Parse(line)!;
            yield return (change["type"]!.GetValue<string>(), change["object"]!.AsObject());
        }
    }

    /// <summary>Passes somebody else's request on; the answer's body is not read yet.</summary>
    public Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage message, CancellationToken ct) => _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body, string? type, CancellationToken ct)
    {
        using var message = Message(method, path, body, type);
        using var answer = await _http.SendAsync(message, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text.Length > 0 ? text : "{}")! : throw new KubeRefused((int)answer.StatusCode, text);
    }

    private static HttpRequestMessage Message(HttpMethod method, string path, string? body, string? type) => new(method, new Uri(path, UriKind.Relative))
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type!)),
    };

    private static string Value(string[] lines, string key) =>
        lines.Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith($"{key}: ", StringComparison.Ordinal))?[(key.Length + 2)..]
        ?? throw new StageFailed($"the kubeconfig has no {key}");
}

internal sealed class KubeRefused(int code, string text) : Exception($"{code}: {text}")
{
    public int Code => code;
}

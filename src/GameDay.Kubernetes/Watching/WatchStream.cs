using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GameDay.Kubernetes;

/// <summary>One watch request: a line of JSON per change until the server, the network or time ends it.</summary>
internal sealed class WatchStream(ClusterTransport transport, TimeSpan life, TimeProvider clock)
{
    public async IAsyncEnumerable<Line<T>> ReadAsync<T>(string? @namespace, string? labelSelector, string? fieldSelector, string position, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IKubernetesObject
    {
        var request = Request(T.Resource.Path(@namespace), labelSelector, fieldSelector, position);
        // The server ends the watch after its timeoutSeconds; one that stays silent beyond that is dead.
        using var limit = new CancellationTokenSource(life + TimeSpan.FromSeconds(10), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var response = await OpenAsync(request, either.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(either.Token));
        while (await NextAsync(request, reader, limit.Token, either.Token) is { } text)
        {
            if (Parse<T>(text, request) is not { } line)
                yield break;
            yield return line;
        }
    }

    private ApiRequest Request(string path, string? labelSelector, string? fieldSelector, string position) => new(HttpMethod.Get, path)
    {
        Query =
        [
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", position),
            ("labelSelector", labelSelector), ("fieldSelector", fieldSelector), ("timeoutSeconds", $"{life.TotalSeconds:0}"),
        ],
    };

    private Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => transport.WithinWaitAsync(
        request,
        async within =>
        {
            var response = await transport.SendAsync(request, within);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await Answers.RefusalAsync(response, request, within);
        },
        cancellationToken);

    private async Task<string?> NextAsync(ApiRequest request, StreamReader reader, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw transport.Unreachable(request, cause);
        }
    }

    /// <summary>Null for a line cut off by a broken connection: the change comes again after resuming.</summary>
    private Line<T>? Parse<T>(string text, ApiRequest request)
        where T : IKubernetesObject
    {
        Raw? raw;
        try
        {
            raw = JsonSerializer.Deserialize<Raw>(text, KubernetesJson.Options);
            if (raw?.Type != "ERROR")
                return raw is null ? null : new(TypeOf(raw.Type), raw.Object.Deserialize<T>(KubernetesJson.Options)!);
        }
        catch (JsonException)
        {
            return text.StartsWith('{') ? null : throw transport.Unreachable(request, "a watch was answered with something that is not the Kubernetes API's JSON");
        }

        throw new KubernetesException(raw.Object.Deserialize<V1Status>(KubernetesJson.Options) ?? new() { Code = 500, Reason = "InternalError" }, request.ToString());
    }

    private static WatchEventType? TypeOf(string? type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        _ => null, // a bookmark moves our place and says nothing else
    };

    /// <param name="Type">Null for a bookmark.</param>
    internal sealed record Line<T>(WatchEventType? Type, T Object);

    private sealed record Raw(string? Type, JsonElement Object);
}

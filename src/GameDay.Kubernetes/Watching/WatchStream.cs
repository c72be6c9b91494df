using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GameDay.Kubernetes;

/// <summary>One watch request: a line of JSON per change until the server, the network or time ends it.</summary>
internal sealed class WatchStream(ClusterTransport transport, Answers answers, TimeSpan life, TimeProvider clock)
{
    // A change of a big object is one long line; small pieces of it would be searched again and again for its end.
    private static readonly StreamPipeReaderOptions Pieces = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: false);

    public async IAsyncEnumerable<WatchLine<T>> ReadAsync<T>(string? @namespace, string? labelSelector, string? fieldSelector, string position, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IKubernetesObject
    {
        var request = Request(T.Resource.Path(@namespace), labelSelector, fieldSelector, position);
        // The server ends the watch after its timeoutSeconds; one that stays silent beyond that is dead.
        using var limit = new CancellationTokenSource(life + TimeSpan.FromSeconds(10), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var response = await OpenAsync(request, either.Token);
        var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(either.Token), Pieces);
        try
        {
            while (await NextAsync(request, pipe, limit.Token, either.Token) is { } read)
            {
                var rest = read.Buffer;
                while (WatchLines.TryTake(ref rest, out var text))
                {
                    if (WatchLine<T>.Parse(text, request, transport.Failures) is { } line)
                        yield return line;
                }

                // What is left over after the end is a line cut off: its change comes again after resuming.
                if (read.IsCompleted)
                {
                    WatchLines.RefuseForeign(rest, request, transport.Failures);
                    yield break;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private ApiRequest Request(string path, string? labelSelector, string? fieldSelector, string position) => new(HttpMethod.Get, path)
    {
        Query =
        [
            ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", position),
            ("labelSelector", labelSelector), ("fieldSelector", fieldSelector), ("timeoutSeconds", $"{life.TotalSeconds:0}"),
        ],
        IsLong = true,
        Repeatable = false, // the watcher does, and tells
    };

    private Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => transport.CallAsync(
        request,
        async (response, within) =>
        {
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await answers.RefusalAsync(response, request, within);
        },
        cancellationToken);

    /// <summary>Null when the watch has outlived itself.</summary>
    private async Task<ReadResult?> NextAsync(ApiRequest request, PipeReader pipe, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw transport.Failures.Unreachable(request, cause);
        }
    }
}

using System.Globalization;

namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>Objects per page. 500 pods are one megabyte or two.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>A whole collection, page by page. No namespace means all of them.</summary>
    public Task<V1List<T>> ListAsync<T>(string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        SelectAsync<T, T>(T.Resource, item => item, @namespace, labelSelector, fieldSelector, cancellationToken: cancellationToken);

    /// <summary>What <paramref name="row"/> keeps of each object; of the objects no more than one page is held at a time.</summary>
    /// <typeparam name="T">What is decoded of each object: a type with few properties costs little.</typeparam>
    /// <param name="metadataOnly">Ask for metadata alone: about half the bytes, and a third of the server's work.</param>
    public Task<V1List<TRow>> SelectAsync<T, TRow>(ResourceType resource, Func<T, TRow> row, string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, bool metadataOnly = false, CancellationToken cancellationToken = default)
    {
        var request = ListRequest(resource.Path(@namespace), labelSelector, fieldSelector);
        return PagesAsync(metadataOnly ? request with { Accept = MetadataOnly } : request, row, cancellationToken);
    }

    private async Task<V1List<TRow>> PagesAsync<T, TRow>(ApiRequest first, Func<T, TRow> row, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        string? next = null;
        while (true)
        {
            var page = await PageOrRestartAsync<T>(first, next, cancellationToken);
            if (page is null)
            {
                rows.Clear();
                next = null;
                continue;
            }

            rows.AddRange(page.Items.Select(row));
            next = page.Metadata.Continue;
            if (string.IsNullOrEmpty(next))
                return new() { Metadata = page.Metadata, Items = rows };
        }
    }

    private ApiRequest ListRequest(string path, string? labelSelector, string? fieldSelector) => new(HttpMethod.Get, path)
    {
        Query =
        [
            ("labelSelector", labelSelector), ("fieldSelector", fieldSelector),
            ("limit", PageSize.ToString(CultureInfo.InvariantCulture)), ("timeoutSeconds", Math.Ceiling(_config.ClientWait.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ],
    };

    /// <summary>Null when the pages so far are too old to be continued: they would not fit the rest.</summary>
    private async Task<V1List<T>?> PageOrRestartAsync<T>(ApiRequest first, string? next, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync<V1List<T>>(first with { Query = [.. first.Query, ("continue", next)] }, cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal.IsGone && next is not null)
        {
            return null;
        }
    }
}

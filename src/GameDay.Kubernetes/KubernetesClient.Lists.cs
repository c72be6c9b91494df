using System.Globalization;

namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Objects per page. 500 pods are one megabyte or two.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>A whole collection, page by page. No namespace means all of them.</summary>
    public async Task<V1List<T>> ListAsync<T>(string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where T : IKubernetesObject
    {
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            var page = await PageOrRestartAsync<T>(@namespace, labelSelector, fieldSelector, next, cancellationToken);
            if (page is null)
            {
                items.Clear();
                next = null;
                continue;
            }

            items.AddRange(page.Items);
            next = page.Metadata.Continue;
            if (string.IsNullOrEmpty(next))
                return page with { Items = items };
        }
    }

    /// <summary>Null when the pages so far are too old to be continued: they would not fit the rest.</summary>
    private async Task<V1List<T>?> PageOrRestartAsync<T>(string? @namespace, string? labelSelector, string? fieldSelector, string? next, CancellationToken cancellationToken)
        where T : IKubernetesObject
    {
        var request = new ApiRequest(HttpMethod.Get, T.Resource.Path(@namespace))
        {
            Query =
            [
                ("labelSelector", labelSelector), ("fieldSelector", fieldSelector),
                ("limit", PageSize.ToString(CultureInfo.InvariantCulture)), ("continue", next),
            ],
        };
        try
        {
            return await CallAsync<V1List<T>>(request, cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal.IsGone && next is not null)
        {
            return null;
        }
    }
}

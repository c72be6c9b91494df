namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    private Version? _version;

    /// <summary>Major and minor of the server, asked once: for what it neither refuses nor lists, but does otherwise.</summary>
    public async ValueTask<Version> ServerVersionAsync(CancellationToken cancellationToken = default) =>
        _version ?? Parse(await VersionAsync(cancellationToken));

    private Discovery Discovery => field ??= new(FindListAsync);

    private async ValueTask<ApiRequest> ServedAsync(ApiRequest request, CancellationToken cancellationToken) =>
        request with { Path = await Discovery.PathAsync(request.Path, cancellationToken) };

    /// <summary>Null where the server has nothing under that path, or nothing that we may see. Silence is never taken for absence.</summary>
    private async Task<Discovery.ResourceList?> FindListAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync<Discovery.ResourceList>(new(HttpMethod.Get, path), cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal.Code is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Vendors write "27+".</summary>
    private static Version Parse(VersionInfo info) => new(Number(info.Major), Number(info.Minor));

    private static int Number(string? text) => int.TryParse(text?.TrimEnd('+'), out var number) ? number : 0;
}

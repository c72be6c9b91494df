namespace GameDay.Kubernetes;

/// <summary>
/// One cluster's API. Every call throws <see cref="KubernetesException"/> when the server refuses and
/// <see cref="ClusterUnreachableException"/> when no usable answer came; then a change may still have been made.
/// </summary>
public sealed partial class KubernetesClient : IDisposable
{
    private const string Manager = "gameday";
    private readonly KubernetesClientConfiguration _config;
    private readonly TimeProvider _clock;
    private readonly ClusterTransport _transport;
    private readonly Answers _answers;

    public KubernetesClient(KubernetesClientConfiguration config, TimeProvider? clock = null)
    {
        _config = config;
        _clock = clock ?? TimeProvider.System;
        _transport = new(config, _clock);
        _answers = new(_transport.Failures, config.ClusterName);
    }

    public string ClusterName => _config.ClusterName;

    public Uri Host => _config.Host;

    /// <summary>The API server's clock (revert protocol, rule 9).</summary>
    public ServerClock ServerClock => _transport.ServerClock;

    public void Dispose() => _transport.Dispose();

    public Task<T> ReadAsync<T>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        CallAsync<T>(new(HttpMethod.Get, T.Resource.Path(@namespace, name)), cancellationToken);

    /// <summary>Null when the object does not exist. A refusal or silence is never taken for absence.</summary>
    public async Task<T?> FindAsync<T>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject
    {
        try
        {
            return await ReadAsync<T>(name, @namespace, cancellationToken);
        }
        catch (KubernetesException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Creates in the namespace of the object's metadata. 409 AlreadyExists when somebody was first.</summary>
    public Task<T> CreateAsync<T>(T body, bool dryRun = false, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        CallAsync<T>(Mutation(HttpMethod.Post, T.Resource.Path(body.Metadata.Namespace), dryRun) with { Body = KubernetesJson.Serialize(body) }, cancellationToken);

    /// <summary>Writes the whole object: only for objects we made ourselves. 409 when its resourceVersion is not the latest.</summary>
    public Task<T> ReplaceAsync<T>(T body, bool dryRun = false, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        CallAsync<T>(
            Mutation(HttpMethod.Put, T.Resource.Path(body.Metadata.Namespace, body.Metadata.Name), dryRun) with { Body = KubernetesJson.Serialize(body) },
            cancellationToken);

    /// <summary>Changes only what the patch names. Put uid or resourceVersion in its metadata to make it conditional.</summary>
    public Task<T> PatchAsync<T>(V1Patch patch, string name, string? @namespace = null, string? subresource = null, bool dryRun = false, bool force = false, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        PatchAsync<T>(T.Resource.Path(@namespace, name, subresource), patch, dryRun, force, cancellationToken);

    /// <summary>Deletes; true, or false when it was not there. 409 when a precondition does not hold: then nothing was deleted.</summary>
    public async Task<bool> DeleteAsync<T>(string name, string? @namespace = null, V1DeleteOptions? options = null, bool dryRun = false, CancellationToken cancellationToken = default)
        where T : IKubernetesObject
    {
        var request = Mutation(HttpMethod.Delete, T.Resource.Path(@namespace, name), dryRun: false) with
        {
            IsMutating = !dryRun,
            // A body hides dryRun in the query from the server: it reads one or the other.
            Body = KubernetesJson.Serialize((options ?? new()) with { DryRun = dryRun ? ["All"] : null }),
        };
        try
        {
            await CallAsync<System.Text.Json.JsonElement>(request, cancellationToken);
            return true;
        }
        catch (KubernetesException refusal) when (refusal.IsNotFound)
        {
            return false;
        }
    }

    private Task<T> PatchAsync<T>(string path, V1Patch patch, bool dryRun, bool force, CancellationToken cancellationToken)
    {
        var request = Mutation(HttpMethod.Patch, path, dryRun, force && patch.Type == PatchType.ApplyPatch);
        return CallAsync<T>(request with { Body = KubernetesJson.Serialize(patch.Content), MediaType = patch.MediaType }, cancellationToken);
    }

    private ApiRequest Mutation(HttpMethod method, string path, bool dryRun, bool force = false) => new(method, path)
    {
        Query =
        [
            ("fieldManager", method == HttpMethod.Delete ? null : Manager),
            ("dryRun", dryRun ? "All" : null),
            ("force", force ? "true" : null),
        ],
        IsMutating = !dryRun,
    };

    private async Task<T> CallAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        var served = await ServedAsync(request, cancellationToken);
        return await _transport.CallAsync(served, (response, within) => _answers.ReadAsync<T>(response, served, within), cancellationToken);
    }
}

using System.Text;
using System.Text.Json;

namespace GameDay.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Evicts a pod. 429 with cause DisruptionBudget when a budget forbids it; with <paramref name="dryRun"/> a free question.</summary>
    public async Task EvictAsync(string name, string @namespace, string uid, int? gracePeriodSeconds = null, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var eviction = new V1Eviction
        {
            ApiVersion = await Discovery.BodyVersionAsync("pods/eviction", "policy/v1", cancellationToken),
            Metadata = new() { Name = name, Namespace = @namespace },
            DeleteOptions = V1DeleteOptions.Exactly(uid) with { GracePeriodSeconds = gracePeriodSeconds, DryRun = dryRun ? ["All"] : null },
        };
        var request = Mutation(HttpMethod.Post, V1Pod.Resource.Path(@namespace, name, "eviction"), dryRun) with { Body = KubernetesJson.Serialize(eviction) };
        await CallAsync<JsonElement>(request, cancellationToken);
    }

    /// <summary>Adds a container to this very pod; 409 or 422 when the pod was replaced or the name is used.</summary>
    public Task<V1Pod> AddEphemeralContainerAsync(string name, string @namespace, string uid, V1EphemeralContainer container, bool dryRun = false, CancellationToken cancellationToken = default) =>
        PatchAsync<V1Pod>(
            V1Patch.StrategicMerge(new { metadata = new { uid }, spec = new { ephemeralContainers = new[] { container } } }),
            name, @namespace, "ephemeralcontainers", dryRun, cancellationToken: cancellationToken);

    public Task<V1Scale> ReadScaleAsync<T>(string name, string @namespace, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        CallAsync<V1Scale>(new(HttpMethod.Get, T.Resource.Path(@namespace, name, "scale")), cancellationToken);

    /// <summary>Sets the replica count; 409 when the object moved on since <paramref name="resourceVersion"/> was read.</summary>
    public Task<V1Scale> PatchScaleAsync<T>(string name, string @namespace, int replicas, string? resourceVersion = null, bool dryRun = false, CancellationToken cancellationToken = default)
        where T : IKubernetesObject =>
        PatchAsync<V1Scale>(
            T.Resource.Path(@namespace, name, "scale"),
            V1Patch.Merge(new { metadata = new { resourceVersion }, spec = new { replicas } }),
            dryRun, force: false, cancellationToken);

    /// <summary>Asks the server whether we may do something.</summary>
    public async Task<V1SubjectAccessReviewStatus> MayAsync(V1ResourceAttributes action, CancellationToken cancellationToken = default)
    {
        var question = Mutation(HttpMethod.Post, V1SelfSubjectAccessReview.Resource.Path(), dryRun: false) with
        {
            Body = KubernetesJson.Serialize(new V1SelfSubjectAccessReview { Spec = new(action) }),
            IsMutating = false,
        };
        var review = await CallAsync<V1SelfSubjectAccessReview>(question, cancellationToken);
        return review.Status ?? new() { Reason = "the server gave no status" };
    }

    /// <summary>The server's version; the cheapest proof that it lives.</summary>
    public async Task<VersionInfo> VersionAsync(CancellationToken cancellationToken = default)
    {
        var info = await CallAsync<VersionInfo>(new(HttpMethod.Get, "version"), cancellationToken);
        _version = Parse(info);
        return info;
    }

    /// <summary>The server's clock, asked now.</summary>
    public async Task<DateTimeOffset> ReadServerTimeAsync(CancellationToken cancellationToken = default)
    {
        await VersionAsync(cancellationToken);
        return ServerClock.Now ?? throw _transport.Failures.Unreachable(new(HttpMethod.Get, "version"), "its answers carry no Date header, so deadlines cannot be kept");
    }

    public Task<string> ReadPodLogAsync(string name, string @namespace, string? container = null, int? tailLines = null, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest(HttpMethod.Get, V1Pod.Resource.Path(@namespace, name, "log"))
        {
            Query = [("container", container), ("tailLines", tailLines?.ToString())],
            Accept = "*/*",
            IsTimed = false,
        };
        return _transport.CallAsync(
            request,
            async (response, within) =>
            {
                using (response)
                {
                    return response.IsSuccessStatusCode
                        ? await response.Content.ReadAsStringAsync(within)
                        : throw await _answers.RefusalAsync(response, request, within);
                }
            },
            cancellationToken);
    }

    /// <summary>GET through the API server's service proxy: what clients of the service see, without a network of our own.</summary>
    /// <returns>Any status of the service; 503 with the API's own reason when the service has no endpoint.</returns>
    public Task<ProxyAnswer> ProxyGetAsync(string @namespace, string service, string port, string path = "/", CancellationToken cancellationToken = default)
    {
        var proxied = V1Service.Resource.Path(@namespace, $"{service}:{port}", "proxy").Replace("%3A", ":", StringComparison.Ordinal);
        var request = new ApiRequest(HttpMethod.Get, $"{proxied}/{path.TrimStart('/')}") { Accept = "*/*", IsTimed = false, Repeatable = false };
        // A reading that waited its turn would look like a slow service.
        var started = _clock.GetTimestamp();
        return Urgency.UrgentlyAsync(() => _transport.CallAsync(
            request,
            async (response, within) =>
            {
                using (response)
                {
                    var body = await response.Content.ReadAsByteArrayAsync(within);
                    return new ProxyAnswer((int)response.StatusCode, Encoding.UTF8.GetString(body), _clock.GetElapsedTime(started));
                }
            },
            cancellationToken));
    }
}

/// <param name="Elapsed">From sending the request to the last byte of the answer.</param>
public sealed record ProxyAnswer(int Status, string Body, TimeSpan Elapsed);

public sealed record VersionInfo(string? Major = null, string? Minor = null, string? GitVersion = null, string? Platform = null);

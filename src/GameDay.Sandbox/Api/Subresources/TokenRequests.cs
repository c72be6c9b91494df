using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Subresources;

/// <summary><c>serviceaccounts/NAME/token</c>: a token of a ServiceAccount, good for an hour unless asked otherwise.</summary>
internal sealed class TokenRequests(ClusterStore store, ServiceAccountTokens tokens)
{
    private const int DefaultSeconds = 3600;
    private const int LeastSeconds = 600;
    private static readonly ResourceType Kind = new("authentication.k8s.io", "v1", "tokenrequests", "TokenRequest");

    public async Task HandleAsync(ApiCall call)
    {
        var request = await call.OptionalBodyAsync();
        var account = store.Get(ResourceTypes.ServiceAccounts, call.Namespace, call.Name);
        var seconds = request.Number("spec", "expirationSeconds") ?? DefaultSeconds;
        if (seconds < LeastSeconds)
        {
            throw ApiException.Invalid(Kind, "", InvalidField.Invalid("spec.expirationSeconds", seconds.ToString(), "may not specify a duration less than 10 minutes"));
        }

        var expires = store.Clock.GetUtcNow().AddSeconds(seconds);
        var audiences = request["spec"].Texts("audiences") is { Count: > 0 } wanted ? wanted : [ServiceAccountTokens.Audience];
        request["apiVersion"] = Kind.ApiVersion;
        request["kind"] = Kind.Kind;
        var metadata = request.Ensure("metadata");
        metadata["name"] = account.Name();
        metadata["namespace"] = account.Namespace();
        metadata["creationTimestamp"] = store.Clock.GetUtcNow().ToKubernetesTime();
        var spec = request.Ensure("spec");
        spec["audiences"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]);
        spec["expirationSeconds"] = seconds;
        request["status"] = new JsonObject { ["token"] = tokens.Issue(account, audiences, expires), ["expirationTimestamp"] = expires.ToKubernetesTime() };
        await Answer.JsonAsync(call.Http, request, 201);
    }
}

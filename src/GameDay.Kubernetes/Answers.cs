using System.Net;
using System.Text;
using System.Text.Json;

namespace GameDay.Kubernetes;

/// <summary>Reads the body of an answer: the object asked for, the API's refusal, or something that is no Kubernetes API at all.</summary>
internal static class Answers
{
    public static async Task<T> ReadAsync<T>(this ClusterTransport transport, HttpResponseMessage response, ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new KubernetesException(StatusOf(response, body), request.ToString());
        try
        {
            return KubernetesJson.Deserialize<T>(body) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw transport.Unreachable(request, $"{request} was answered with {Describe(response, body)} instead of the Kubernetes API's JSON; is the address right?", cause);
        }
    }

    public static async Task<KubernetesException> RefusalAsync(HttpResponseMessage response, ApiRequest request, CancellationToken cancellationToken) =>
        new(StatusOf(response, await response.Content.ReadAsByteArrayAsync(cancellationToken)), request.ToString());

    private static V1Status StatusOf(HttpResponseMessage response, byte[] body)
    {
        var code = (int)response.StatusCode;
        return Parse(body) is { Kind: "Status" } status
            ? status with { Code = status.Code ?? code }
            : new() { Kind = "Status", Status = "Failure", Code = code, Reason = ReasonOf(response.StatusCode), Message = $"the answer was {Describe(response, body)}" };
    }

    private static V1Status? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : KubernetesJson.Deserialize<V1Status>(body);
        }
        catch (JsonException)
        {
            return null; // not a Status: the caller describes what came instead
        }
    }

    public static string ReasonOf(HttpStatusCode code) => code switch
    {
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.Forbidden => "Forbidden",
        HttpStatusCode.NotFound => "NotFound",
        HttpStatusCode.Conflict => "Conflict",
        HttpStatusCode.Gone => "Expired",
        HttpStatusCode.TooManyRequests => "TooManyRequests",
        HttpStatusCode.ServiceUnavailable => "ServiceUnavailable",
        _ => code.ToString(),
    };

    private static string Describe(HttpResponseMessage response, byte[] body)
    {
        if (body.Length == 0)
            return "empty";
        var text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 120)).ReplaceLineEndings(" ").Trim();
        return $"{response.Content.Headers.ContentType?.MediaType ?? "no media type"} \"{text}\"";
    }
}

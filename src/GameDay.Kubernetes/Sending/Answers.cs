using System.Net;
using System.Text;
using System.Text.Json;

namespace GameDay.Kubernetes;

/// <summary>Reads the body of an answer: the object asked for, the API's refusal, or something that is no Kubernetes API at all.</summary>
internal sealed class Answers(Failures failures, string cluster)
{
    /// <summary>The object, decoded while it arrives: a big one is never held twice.</summary>
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, ApiRequest request, CancellationToken cancellationToken)
    {
        using (response)
        {
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(response, request, cancellationToken);
            try
            {
                if (response.Content.Headers.ContentType?.MediaType is not "application/json")
                    return await ReadUnlabelledAsync<T>(response, request, cancellationToken);
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                return await JsonSerializer.DeserializeAsync<T>(stream, KubernetesJson.Options, cancellationToken) ?? throw new JsonException("it is null");
            }
            catch (JsonException cause)
            {
                throw failures.Unreachable(request, $"{request} was answered with JSON that cannot be read as {typeof(T).Name} ({cause.Message.ReplaceLineEndings(" ")}); is something between us and the API server changing its answers?", cause);
            }
        }
    }

    public async Task<KubernetesException> RefusalAsync(HttpResponseMessage response, ApiRequest request, CancellationToken cancellationToken)
    {
        var status = StatusOf(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return new(status, request.ToString(), cluster) { RetryAfter = RetryAfterOf(response) };
    }

    private async Task<T> ReadUnlabelledAsync<T>(HttpResponseMessage response, ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return KubernetesJson.Deserialize<T>(body) ?? throw new JsonException("it is null");
        }
        catch (JsonException cause)
        {
            throw failures.Unreachable(request, $"{request} was answered with {Describe(response, body)} instead of the Kubernetes API's JSON; is the address right, or does a sign-in page stand between?", cause);
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

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
            return "nothing";
        var text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 120)).ReplaceLineEndings(" ").Trim();
        return $"{response.Content.Headers.ContentType?.MediaType ?? "no media type"} \"{text}\"";
    }
}

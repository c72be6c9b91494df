using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>One way the API shall misbehave, so that its clients can be tried. The README's table says what each kind does.</summary>
/// <param name="PathContains">Only requests whose path contains this; empty for all.</param>
/// <param name="Method">Only this method; empty for all.</param>
/// <param name="AgentContains">Only clients whose User-Agent contains this; empty for all.</param>
/// <param name="Delay">How long <c>slow</c> waits, how late <c>lateEffect</c> lands, how old what <c>staleRead</c> shows is.</param>
/// <param name="Times">How many requests it happens to; with <paramref name="For"/> it is not counted.</param>
/// <param name="For">How long it lasts; null until it is used up.</param>
internal sealed record Mischief(
    string Kind, string PathContains, string Method, string AgentContains, TimeSpan Delay, int Times, TimeSpan? For)
{
    public const string Away = "away";
    public const string LostWatch = "lostWatch";

    private static readonly string[] Kinds =
        ["tooManyRequests", "internalError", "forbidden", "slow", "reset", "lostAnswer", "lateEffect", "staleRead", LostWatch, Away];

    public bool Hits(HttpRequest request) =>
        (request.Path.Value ?? "").Contains(PathContains, StringComparison.Ordinal)
        && (Method.Length == 0 || string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && request.Headers.UserAgent.ToString().Contains(AgentContains, StringComparison.OrdinalIgnoreCase)
        && FitsKind(request);

    public static Mischief Parse(JsonObject body)
    {
        var kind = body.Text("kind") ?? "";
        return Kinds.Contains(kind, StringComparer.Ordinal)
            ? new Mischief(
                kind,
                body.Text("pathContains") ?? "",
                body.Text("method") ?? "",
                body.Text("userAgentContains") ?? "",
                TimeSpan.FromMilliseconds(body.Number("delayMilliseconds") ?? 1000),
                body.Number("times") ?? 1,
                body.Number("forMilliseconds") is { } lasts ? TimeSpan.FromMilliseconds(lasts) : null)
            : throw ApiException.BadRequest($"kind must be one of {string.Join(", ", Kinds)}; it is \"{kind}\"");
    }

    private bool FitsKind(HttpRequest request) => Kind switch
    {
        LostWatch => Watches(request),
        "staleRead" => request.Method == "GET" && !Watches(request),
        "lateEffect" => request.Method is "POST" or "PUT" or "PATCH" or "DELETE" && !(request.Path.Value ?? "").EndsWith("/exec", StringComparison.Ordinal),
        _ => true,
    };

    private static bool Watches(HttpRequest request) => request.Query["watch"].ToString() is "true" or "1";
}

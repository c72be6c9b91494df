using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Misbehaviour;

/// <summary>One way the API shall misbehave, so that its clients can be tried.</summary>
/// <param name="Kind">
/// <c>tooManyRequests</c> (429 with Retry-After 1), <c>internalError</c> (500), <c>slow</c>, <c>reset</c> (the connection breaks and
/// nothing is done), <c>lostAnswer</c> (it is done, then the connection breaks), <c>lostWatch</c> (open and new watches break).
/// </param>
/// <param name="PathContains">Only requests whose path contains this; empty for all.</param>
/// <param name="Method">Only this method; empty for all.</param>
/// <param name="Delay">How long <c>slow</c> waits.</param>
/// <param name="Times">How many requests it happens to.</param>
internal sealed record Mischief(string Kind, string PathContains, string Method, TimeSpan Delay, int Times)
{
    private static readonly string[] Kinds = ["tooManyRequests", "internalError", "slow", "reset", "lostAnswer", "lostWatch"];

    public bool Hits(HttpRequest request) =>
        (request.Path.Value ?? "").Contains(PathContains, StringComparison.Ordinal)
        && (Method.Length == 0 || string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (Kind != "lostWatch" || request.Query["watch"].ToString() is "true" or "1");

    public static Mischief Parse(JsonObject body)
    {
        var kind = body.Text("kind") ?? "";
        return Kinds.Contains(kind, StringComparer.Ordinal)
            ? new Mischief(
                kind,
                body.Text("pathContains") ?? "",
                body.Text("method") ?? "",
                TimeSpan.FromMilliseconds(body.Number("delayMilliseconds") ?? 1000),
                body.Number("times") ?? 1)
            : throw ApiException.BadRequest($"kind must be one of {string.Join(", ", Kinds)}; it is \"{kind}\"");
    }
}

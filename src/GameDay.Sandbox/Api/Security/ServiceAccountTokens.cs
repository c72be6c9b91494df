using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security;

/// <summary>Signs and reads ServiceAccount tokens (JWT with the claims of a real one). The key is new with each start.</summary>
internal sealed class ServiceAccountTokens(ClusterStore store)
{
    public const string Audience = "https://kubernetes.default.svc.cluster.local";
    private const string Claims = "kubernetes.io";
    private static readonly string Header = Part(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" });
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Issue(JsonObject account, IEnumerable<string> audiences, DateTimeOffset expires)
    {
        var now = store.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = Part(new JsonObject
        {
            ["aud"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = now,
            ["iss"] = Audience,
            ["jti"] = Guid.NewGuid().ToString(),
            [Claims] = new JsonObject
            {
                ["namespace"] = account.Namespace(),
                ["serviceaccount"] = new JsonObject { ["name"] = account.Name(), ["uid"] = account.Uid() },
            },
            ["nbf"] = now,
            ["sub"] = RequestUser.ServiceAccountName(account.Namespace(), account.Name()),
        });
        return $"{Header}.{body}.{Signature(body)}";
    }

    /// <summary>Whose token it is; null when it is not ours, expired, for another audience, or its account is gone.</summary>
    public RequestUser? Read(string token) => token.Split('.') is [var head, var body, var signature] && head == Header && IsOurs(body, signature) ? Holder(body) : null;

    private RequestUser? Holder(string body)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(body));
        var now = store.Clock.GetUtcNow().ToUnixTimeSeconds();
        var ns = claims.Text(Claims, "namespace") ?? "";
        var name = claims.Text(Claims, "serviceaccount", "name") ?? "";
        var uid = claims.Text(Claims, "serviceaccount", "uid") ?? "";
        return claims.Number("exp") > now && claims.Texts("aud").Contains(Audience, StringComparer.Ordinal)
            && store.Find(ResourceTypes.ServiceAccounts, ns, name)?.Uid() == uid
                ? RequestUser.ServiceAccount(ns, name, uid)
                : null;
    }

    private bool IsOurs(string body, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Signature(body)));

    private string Signature(string body) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{Header}.{body}")));

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}

using System.Security.Cryptography;
using System.Text;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security;

/// <summary>The one bearer token that may do everything; new with each start.</summary>
internal sealed class AdminToken
{
    public const string User = "sandbox-admin";

    public string Value { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public bool Is(string offered) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(Value));
}

/// <summary>Refuses requests without the token. Health is open, as on real clusters.</summary>
internal sealed class TokenAuthentication(RequestDelegate next, AdminToken token)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        var offered = http.Request.Headers.Authorization.ToString();
        var open = http.Request.Path.Value is "/healthz" or "/livez" or "/readyz" or "/version";
        return open || (offered.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.Is(offered[Scheme.Length..].Trim()))
            ? next(http)
            : throw new ApiException(401, "Unauthorized", "Unauthorized");
    }
}

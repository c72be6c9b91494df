using System.Security.Cryptography;
using System.Text;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Security;

/// <summary>The bearer token of the administrator, who may do everything; new with each start.</summary>
internal sealed class AdminToken
{
    public const string User = "sandbox-admin";

    public string Value { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public bool Is(string offered) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(Value));
}

/// <summary>Refuses requests without a known token. Health is open, as on real clusters.</summary>
internal sealed class TokenAuthentication(RequestDelegate next, TokenHolders holders)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        var offered = http.Request.Headers.Authorization.ToString();
        var user = offered.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? holders.Find(offered[Scheme.Length..].Trim()) : null;
        if (user is null && !OpenPaths.Are(http.Request.Path))
        {
            throw new ApiException(401, "Unauthorized", "Unauthorized");
        }

        user?.SetOn(http);
        return next(http);
    }
}

/// <summary>Who holds a token: the administrator or a ServiceAccount.</summary>
internal sealed class TokenHolders(AdminToken admin, ServiceAccountTokens accounts)
{
    public RequestUser? Find(string token) => admin.Is(token) ? RequestUser.Administrator : accounts.Read(token);
}

/// <summary>What anybody may read.</summary>
internal static class OpenPaths
{
    public static bool Are(PathString path) => path.Value is "/healthz" or "/livez" or "/readyz" or "/version";
}

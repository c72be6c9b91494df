namespace GameDay.Sandbox.Api.Security;

/// <summary>Who sends a request, after authentication and impersonation.</summary>
internal sealed record RequestUser(string Name, string Uid, IReadOnlyList<string> Groups)
{
    public const string Masters = "system:masters";
    public const string Authenticated = "system:authenticated";
    public const string ServiceAccountPrefix = "system:serviceaccount:";
    private const string ServiceAccounts = "system:serviceaccounts";

    public static RequestUser Administrator { get; } = new(AdminToken.User, "", [Masters, Authenticated]);

    /// <summary>May everything, whatever the roles say.</summary>
    public bool IsMaster => Groups.Contains(Masters, StringComparer.Ordinal);

    public static RequestUser ServiceAccount(string ns, string name, string uid) => new(ServiceAccountName(ns, name), uid, [.. ServiceAccountGroups(ns), Authenticated]);

    public static string ServiceAccountName(string ns, string name) => $"{ServiceAccountPrefix}{ns}:{name}";

    public static IReadOnlyList<string> ServiceAccountGroups(string ns) => [ServiceAccounts, $"{ServiceAccounts}:{ns}"];

    /// <summary>Namespace and name when a user name is that of a ServiceAccount.</summary>
    public static (string Namespace, string Name)? AsServiceAccount(string user) =>
        user.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) && user[ServiceAccountPrefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
            ? (ns, name)
            : null;

    public static RequestUser Of(HttpContext http) => http.Features.Get<RequestUser>() ?? new RequestUser("system:anonymous", "", ["system:unauthenticated"]);

    public void SetOn(HttpContext http) => http.Features.Set(this);
}

using GameDay.Sandbox.Api.Security.Rbac;

namespace GameDay.Sandbox.Api.Security;

/// <summary><c>--as</c> and <c>--as-group</c>: the request goes on as somebody else, when the sender may impersonate them.</summary>
internal sealed class Impersonation(RequestDelegate next, Authorizer authorizer)
{
    private const string User = "Impersonate-User";
    private const string Group = "Impersonate-Group";
    private const string Uid = "Impersonate-Uid";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        var name = headers[User].ToString();
        if (name.Length > 0)
        {
            var groups = headers[Group].Where(group => !string.IsNullOrEmpty(group)).Select(group => group!).ToList();
            Demand(http, name, groups);
            Impersonated(name, headers[Uid].ToString(), groups).SetOn(http);
        }

        return next(http);
    }

    private void Demand(HttpContext http, string name, List<string> groups)
    {
        var sender = RequestUser.Of(http);
        var account = RequestUser.AsServiceAccount(name);
        authorizer.Demand(sender, account is { } found
            ? new AccessAttributes("impersonate", "", "serviceaccounts", Name: found.Name, Namespace: found.Namespace)
            : new AccessAttributes("impersonate", "", "users", Name: name));
        foreach (var group in groups)
        {
            authorizer.Demand(sender, new AccessAttributes("impersonate", "", "groups", Name: group));
        }
    }

    private static RequestUser Impersonated(string name, string uid, List<string> groups)
    {
        if (groups.Count == 0 && RequestUser.AsServiceAccount(name) is { } account)
        {
            groups.AddRange(RequestUser.ServiceAccountGroups(account.Namespace));
        }

        return new RequestUser(name, uid, [.. groups, RequestUser.Authenticated]);
    }
}

namespace GameDay.Sandbox.Api.Security.Rbac;

/// <summary>May this user do that? Answered by the stored roles and bindings; the administrators may do everything.</summary>
internal sealed class Authorizer(Grants grants)
{
    public void Demand(RequestUser user, AccessAttributes wanted)
    {
        var verdict = Decide(user, wanted);
        if (!verdict.Allowed)
        {
            throw wanted.Refusal(user, verdict.Reason);
        }
    }

    public Verdict Decide(RequestUser user, AccessAttributes wanted)
    {
        if (user.IsMaster)
        {
            return new Verdict(true, "");
        }

        var missing = new List<string>();
        foreach (var grant in grants.To(user, wanted.Namespace))
        {
            if (grant.Rules.Any(rule => rule.Allows(wanted)))
            {
                return new Verdict(true, $"RBAC: allowed by {grant.By}");
            }

            if (grant.Missing is { } role)
            {
                missing.Add(role);
            }
        }

        var why = missing.Count > 1 ? $"[{string.Join(", ", missing)}]" : string.Concat(missing);
        return new Verdict(false, missing.Count == 0 ? "" : $"RBAC: {why}");
    }

    /// <summary>Every rule the user holds in a namespace and the cluster.</summary>
    public IEnumerable<PolicyRule> RulesOf(RequestUser user, string ns) => user.IsMaster
        ? [new PolicyRule(["*"], ["*"], ["*"], [], []), new PolicyRule(["*"], [], [], [], ["*"])]
        : grants.To(user, ns).SelectMany(grant => grant.Rules);
}

/// <summary>The answer and why.</summary>
internal readonly record struct Verdict(bool Allowed, string Reason);

/// <summary>Holds every request against the roles of who sends it.</summary>
internal sealed class Authorization(RequestDelegate next, Authorizer authorizer)
{
    public Task InvokeAsync(HttpContext http)
    {
        var user = RequestUser.Of(http);
        if (!user.IsMaster && !OpenPaths.Are(http.Request.Path))
        {
            authorizer.Demand(user, AccessAttributes.Of(http.Request));
        }

        return next(http);
    }
}

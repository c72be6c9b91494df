namespace GameDay.Domain.Safety;

/// <summary>Every call of inject, revert and verify is allowed by the API server.</summary>
public sealed class PermissionsHeld : IGuard
{
    public string Name => "Permissions";

    public GuardAnswer Ask(GuardFacts facts)
    {
        if (facts.Permissions is not { } answers) return new(Name, null, "the API server did not answer the access review", facts.Now);
        var missing = answers.Where(a => !a.Allowed).Select(a => $"{a.Permission.Verb} {a.Permission.Resource}").ToList();
        return new(Name, missing.Count == 0, missing.Count == 0 ? $"{answers.Count} permissions held" : $"missing: {string.Join(", ", missing)}", facts.Now);
    }
}

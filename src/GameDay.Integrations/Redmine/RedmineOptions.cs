namespace GameDay.Integrations.Redmine;

/// <summary>Section <c>Redmine</c> of the configuration.</summary>
public sealed record RedmineOptions
{
    /// <summary>Address of the server. Key Redmine:BaseAddress. Default: none, Redmine is not offered.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>API access key of an account that may add issues. Key Redmine:Key.</summary>
    public string? Key { get; init; }

    /// <summary>Identifier of the project. Key Redmine:Project.</summary>
    public string? Project { get; init; }
}

namespace GameDay.Integrations.GitHub;

/// <summary>Section <c>GitHub</c> of the configuration.</summary>
public sealed record GitHubOptions
{
    /// <summary>Token with issues: write on the repository. Key GitHub:Token. Default: none, GitHub is not offered.</summary>
    public string? Token { get; init; }

    /// <summary>owner/name of the repository whose issues hold findings. Key GitHub:Repository.</summary>
    public string? Repository { get; init; }

    /// <summary>Base address of the REST API. Default: https://api.github.com/.</summary>
    public Uri BaseAddress { get; init; } = new("https://api.github.com/");
}

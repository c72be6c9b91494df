namespace GameDay.Integrations.Slack;

/// <summary>Section <c>Slack</c> of the configuration.</summary>
public sealed record SlackOptions
{
    /// <summary>Bot token (xoxb-…) with chat:write, and channels:read plus channels:history for looking up a lost answer. Configuration key Slack:Token or file Slack:TokenFile. Default: none, notices are readable in the app only.</summary>
    public string? Token { get; init; }

    /// <summary>Base address of the Web API. Default: https://slack.com/api/.</summary>
    public Uri BaseAddress { get; init; } = new("https://slack.com/api/");
}

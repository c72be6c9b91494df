namespace GameDay.Integrations.Alertmanager;

/// <summary>Section <c>Alertmanager</c> of the configuration.</summary>
public sealed record AlertmanagerOptions
{
    /// <summary>Address of the server. Key Alertmanager:BaseAddress. Default: none, alerts reach the timeline as notes only.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Bearer token where the server wants one. Key Alertmanager:Token.</summary>
    public string? Token { get; init; }
}

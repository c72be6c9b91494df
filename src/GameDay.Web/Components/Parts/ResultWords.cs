using GameDay.Domain.Experiments;

namespace GameDay.Web.Components.Parts;

/// <summary>What a phase alone does not tell of a result.</summary>
public static class ResultWords
{
    public static string? Of(InjectionResult result) => result switch
    {
        InjectionResult.WithoutEffect => "without effect",
        InjectionResult.Superseded => "superseded",
        _ => null,
    };
}

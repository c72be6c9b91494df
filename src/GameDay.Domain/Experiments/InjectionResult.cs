using GameDay.Domain.Plugins;

namespace GameDay.Domain.Experiments;

/// <summary>What came of one injection. Without effect and superseded are results of their own, not kinds of success.</summary>
public enum InjectionResult
{
    /// <summary>Nothing was sent.</summary>
    Void,
    /// <summary>Not decided yet: planned, in place, or being reverted.</summary>
    Open,
    /// <summary>It had its effect, and its absence was read back.</summary>
    Reverted,
    /// <summary>Sent, and no effect was measured; its absence was read back all the same.</summary>
    WithoutEffect,
    /// <summary>Somebody else changed what we wrote, and what they wrote was left.</summary>
    Superseded,
    /// <summary>Not proved gone.</summary>
    Leaked,
}

public static class InjectionResults
{
    public static InjectionResult Of(InjectionPhase phase, Evidence? effect, Evidence? proof) => phase switch
    {
        InjectionPhase.Void => InjectionResult.Void,
        InjectionPhase.Leaked => InjectionResult.Leaked,
        InjectionPhase.Reverted when proof?.SupersededBy is not null => InjectionResult.Superseded,
        InjectionPhase.Reverted when effect is { Holds: false } => InjectionResult.WithoutEffect,
        InjectionPhase.Reverted => InjectionResult.Reverted,
        _ => InjectionResult.Open,
    };
}

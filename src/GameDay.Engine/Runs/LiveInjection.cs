using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Runs;

/// <summary>What the owner remembers of one injection, enough to revert it with the database away.</summary>
internal sealed class LiveInjection(Guid id, int number, InjectionOrder order)
{
    public Guid Id => id;
    public int Number => number;
    public InjectionOrder Order { get; set; } = order;
    public UndoPlan? Undo { get; set; }
    /// <summary>The right to inject may have been asked for: there may be a ledger entry.</summary>
    public bool MayBeClaimed { get; set; }
    /// <summary>Own monotonic moment at which the right was asked for; the fault's time counts from no later. Null before.</summary>
    public long? ClaimedStamp { get; set; }
    /// <summary>The request may have been sent.</summary>
    public bool MayBeSent { get; set; }
    /// <summary>The answer of the inject call is known, so nothing of it can land later.</summary>
    public bool AnswerKnown { get; set; }
    /// <summary>The answer was that nothing was touched.</summary>
    public bool Refused { get; set; }
    /// <summary>Own monotonic moment of the last send whose answer may be lost.</summary>
    public long SentStamp { get; set; }
    public DateTimeOffset? RevertAskedAt { get; set; }
    public DateTimeOffset? ProvedAt { get; set; }
    public Evidence? Proof { get; set; }
    public string? Problem { get; set; }
    /// <summary>What is remembered here is also in the journal.</summary>
    public bool Journalled { get; set; }

    public bool MayHoldFault => (MayBeClaimed || MayBeSent) && Proof is null;

    public static LiveInjection From(Injection stored, InjectionOrder order, long now) => new(stored.Id, stored.Number, order)
    {
        Undo = stored.Undo,
        MayBeClaimed = stored.Undo is not null && !InjectionLifecycle.IsOver(stored.Phase),
        MayBeSent = stored.Phase is InjectionPhase.Injecting or InjectionPhase.Active or InjectionPhase.WithoutEffect or InjectionPhase.Reverting or InjectionPhase.Leaked,
        AnswerKnown = stored.Effect is not null,
        SentStamp = now,
        Proof = stored.Phase == InjectionPhase.Reverted ? stored.Proof : null,
        Problem = stored.Problem,
        Journalled = InjectionLifecycle.IsOver(stored.Phase),
    };
}

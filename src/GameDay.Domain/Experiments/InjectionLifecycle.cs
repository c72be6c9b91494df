using static GameDay.Domain.Experiments.InjectionPhase;
using static GameDay.Domain.Experiments.InjectionTrigger;

namespace GameDay.Domain.Experiments;

public enum InjectionPhase { Planned, Injecting, Active, WithoutEffect, Reverting, Reverted, Leaked, Void }

public enum InjectionTrigger { Send, EffectSeen, NoEffect, NeverSent, Revert, Proved, Unproved }

/// <summary>One target's fault. <c>WithoutEffect</c> was sent and is still reverted; <c>Void</c> was never sent.</summary>
public static class InjectionLifecycle
{
    private static readonly Dictionary<(InjectionPhase, InjectionTrigger), InjectionPhase> Moves = new()
    {
        [(Planned, Send)] = Injecting,
        [(Planned, NeverSent)] = InjectionPhase.Void,
        [(Injecting, EffectSeen)] = Active,
        [(Injecting, NoEffect)] = WithoutEffect,
        // After a crash it may be known that the request was never sent: the right to inject (the ledger entry) was not got.
        [(Injecting, NeverSent)] = InjectionPhase.Void,
        [(Injecting, Revert)] = Reverting,
        [(Active, Revert)] = Reverting,
        [(WithoutEffect, Revert)] = Reverting,
        [(Reverting, Proved)] = Reverted,
        [(Reverting, Unproved)] = Leaked,
        [(Leaked, Revert)] = Reverting,
    };

    public static InjectionPhase Next(InjectionPhase from, InjectionTrigger on) =>
        Moves.TryGetValue((from, on), out var to) ? to : throw new IllegalMove("The injection", from, on);

    public static bool Allows(InjectionPhase from, InjectionTrigger on) => Moves.ContainsKey((from, on));

    public static bool IsOver(InjectionPhase phase) => phase is Reverted or InjectionPhase.Void;
}

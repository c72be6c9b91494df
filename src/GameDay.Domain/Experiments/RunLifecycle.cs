using static GameDay.Domain.Experiments.RunState;
using static GameDay.Domain.Experiments.RunTrigger;

namespace GameDay.Domain.Experiments;

public enum RunState { Planned, Armed, Baseline, Injecting, Observing, Reverting, Recovering, Done, Refused, Leaked, NotRecovered, Skipped, Cancelled }

public enum RunTrigger { Arm, Skip, Cancel, StartBaseline, Steady, NotSteady, Injected, InjectionFailed, TimeUp, Abort, Proved, Unproved, Retry, Recovered, NotRecoveredInTime, DeclareIncident }

/// <summary>The one table of run states (design §4). Abort goes straight to Reverting from every phase that may have sent a fault.</summary>
public static class RunLifecycle
{
    private static readonly Dictionary<(RunState, RunTrigger), RunState> Moves = new()
    {
        [(Planned, Arm)] = Armed,
        [(Planned, Skip)] = Skipped,
        [(Planned, Cancel)] = Cancelled,
        [(Planned, RunTrigger.Abort)] = Cancelled,
        [(Armed, Cancel)] = Cancelled,
        [(Armed, RunTrigger.Abort)] = Reverting,
        [(Armed, StartBaseline)] = Baseline,
        // A guard refused: nothing was touched, there is nothing to revert.
        [(Armed, NotSteady)] = Refused,
        [(Armed, InjectionFailed)] = Reverting,
        [(Baseline, Steady)] = Injecting,
        [(Baseline, NotSteady)] = Refused,
        [(Baseline, RunTrigger.Abort)] = Reverting,
        [(Injecting, Injected)] = Observing,
        [(Injecting, InjectionFailed)] = Reverting,
        [(Injecting, RunTrigger.Abort)] = Reverting,
        [(Observing, TimeUp)] = Reverting,
        [(Observing, RunTrigger.Abort)] = Reverting,
        [(Reverting, Proved)] = Recovering,
        [(Reverting, Unproved)] = Leaked,
        [(Leaked, Retry)] = Reverting,
        [(Leaked, DeclareIncident)] = Done,
        [(Recovering, RunTrigger.Recovered)] = Done,
        [(Recovering, NotRecoveredInTime)] = NotRecovered,
        // An abort during recovery changes nothing that is still in place; it ends the waiting.
        [(Recovering, RunTrigger.Abort)] = Done,
    };

    public static RunState Next(RunState from, RunTrigger on) =>
        Moves.TryGetValue((from, on), out var to) ? to : throw new IllegalMove("The run", from, on);

    public static bool Allows(RunState from, RunTrigger on) => Moves.ContainsKey((from, on));

    public static bool IsTerminal(RunState state) => state is Done or Refused or NotRecovered or Skipped or Cancelled;

    /// <summary>A fault may be in place: an engine must own the run until this is false.</summary>
    public static bool MayHoldFault(RunState state) => state is Injecting or Observing or Reverting or Leaked;
}

/// <summary>Judgement of the hypothesis, separate from <see cref="RunState"/>.</summary>
public enum Verdict { Held, NotHeld, Inconclusive, Aborted }

using GameDay.Domain.Plugins;

namespace GameDay.Domain.Experiments;

/// <summary>One fault on one target. The undo plan is saved before the act; <see cref="Wanted"/> only moves forward (Active → Reverted).</summary>
public sealed class Injection
{
    private Injection() { }

    public Injection(Guid id, Guid runId, int number, FaultTarget target, string kind)
    {
        Id = id;
        RunId = runId;
        Number = number;
        Target = target;
        Kind = kind;
    }

    public Guid Id { get; private set; }
    public Guid RunId { get; private set; }
    /// <summary>1-based, in order of injection; revert goes backwards.</summary>
    public int Number { get; private set; }
    public string Kind { get; private set; } = "";
    public FaultTarget Target { get; private set; } = null!;
    public InjectionPhase Phase { get; private set; }
    public bool WantsRevert { get; private set; }
    public UndoPlan? Undo { get; private set; }
    public Evidence? Effect { get; private set; }
    public Evidence? Proof { get; private set; }
    /// <summary>Server time by which the fault is gone, whoever ends it.</summary>
    public DateTimeOffset? Deadline { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public DateTimeOffset? ActiveAt { get; private set; }
    public DateTimeOffset? RevertRequestedAt { get; private set; }
    public DateTimeOffset? RevertedAt { get; private set; }
    public string? Problem { get; private set; }
    public int RevertAttempts { get; private set; }

    /// <summary>Last eight hex digits of the id, which are chance where the first are its time: the name that agents, tables and policies carry.</summary>
    public string ShortId => Id.ToString("N")[^8..];

    public void Plan(UndoPlan undo) => Undo = undo;

    /// <exception cref="InvalidOperationException">The undo plan was not saved before the act.</exception>
    public void Send(DateTimeOffset at, DateTimeOffset deadline)
    {
        if (Undo is null) throw new InvalidOperationException("Nothing is sent before its undo plan is saved.");
        Phase = InjectionLifecycle.Next(Phase, InjectionTrigger.Send);
        SentAt = at;
        Deadline = deadline;
    }

    public void Injected(Evidence effect, DateTimeOffset at)
    {
        Phase = InjectionLifecycle.Next(Phase, effect.Holds ? InjectionTrigger.EffectSeen : InjectionTrigger.NoEffect);
        Effect = effect;
        ActiveAt = effect.Holds ? at : null;
    }

    /// <summary>It was to be sent, maybe the journal says so already, and it is known that it was not.</summary>
    public void NeverSent(string why)
    {
        Phase = InjectionLifecycle.Next(Phase, InjectionTrigger.NeverSent);
        SentAt = null;
        Problem = why;
    }

    public void StartRevert(DateTimeOffset at)
    {
        Phase = InjectionLifecycle.Next(Phase, InjectionTrigger.Revert);
        WantsRevert = true;
        RevertRequestedAt ??= at;
        RevertAttempts++;
    }

    /// <exception cref="ArgumentException">The reading still finds the fault: that is no proof.</exception>
    public void Reverted(Evidence proof, DateTimeOffset at)
    {
        if (!proof.Holds) throw new ArgumentException("Only a reading that found the effect gone proves a revert.", nameof(proof));
        Phase = InjectionLifecycle.Next(Phase, InjectionTrigger.Proved);
        Proof = proof;
        RevertedAt = at;
        Problem = null;
    }

    public void Leaked(Evidence? read, string problem)
    {
        Phase = InjectionLifecycle.Next(Phase, InjectionTrigger.Unproved);
        Proof = read;
        Problem = problem;
    }

    public void Note(string problem) => Problem = problem;
}

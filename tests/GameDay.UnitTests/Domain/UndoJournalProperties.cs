using FsCheck;
using FsCheck.Fluent;
using GameDay.Domain;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Domain;

/// <summary>The journal of one injection under random acts: the undo is there before the act, and nothing is called reverted without a proof.</summary>
public sealed class UndoJournalProperties
{
    public enum Act { Plan, Send, Effect, NoEffect, NeverSent, Revert, Prove, FalseProof, Leak }

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_is_ever_sent_without_a_saved_undo() => Histories((injection, _) =>
    {
        if (injection.SentAt is not null) injection.Undo.ShouldNotBeNull();
    });

    [Fact]
    public void Nothing_is_ever_reverted_without_a_reading_that_found_it_gone() => Histories((injection, _) =>
    {
        if (injection.Phase == InjectionPhase.Reverted) injection.Proof.ShouldNotBeNull().Holds.ShouldBeTrue();
    });

    [Fact]
    public void Wanting_the_revert_is_never_taken_back()
    {
        Histories((injection, wanted) => (injection.WantsRevert || !wanted).ShouldBeTrue());
    }

    [Fact]
    public void What_may_be_in_place_can_always_be_reverted() => Histories((injection, _) =>
    {
        if (injection.Phase is InjectionPhase.Injecting or InjectionPhase.Active or InjectionPhase.WithoutEffect or InjectionPhase.Leaked)
            InjectionLifecycle.Allows(injection.Phase, InjectionTrigger.Revert).ShouldBeTrue();
    });

    [Fact]
    public void Times_follow_the_order_of_things() => Histories((injection, _) =>
    {
        if (injection.RevertedAt is { } reverted) reverted.ShouldBeGreaterThanOrEqualTo(injection.RevertRequestedAt!.Value);
        if (injection.ActiveAt is { } active) active.ShouldBeGreaterThanOrEqualTo(injection.SentAt!.Value);
    });

    /// <param name="holds">Told the injection after each act, and whether a revert was wanted before it.</param>
    private static void Histories(Action<Injection, bool> holds)
    {
        var acts = Gen.ArrayOf(Gen.Elements(Enum.GetValues<Act>())).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000).WithEndSize(40), Prop.ForAll(acts, history =>
        {
            var injection = new Injection(Guid.NewGuid(), Guid.NewGuid(), 1, new FaultTarget { Cluster = "c", Namespace = "n", Kind = "Pod", Name = "p", Uid = "u" }, "fake");
            for (var i = 0; i < history.Length; i++)
            {
                var wanted = injection.WantsRevert;
                Try(injection, history[i], Start.AddSeconds(i));
                holds(injection, wanted);
            }
        }));
    }

    private static void Try(Injection injection, Act act, DateTimeOffset at)
    {
        try
        {
            Do(injection, act, at);
        }
        catch (Exception e) when (e is IllegalMove or InvalidOperationException or ArgumentException)
        {
            // Refused: what it left behind is what the property looks at.
            return;
        }
    }

    private static void Do(Injection injection, Act act, DateTimeOffset at)
    {
        switch (act)
        {
            case Act.Plan: injection.Plan(new UndoPlan("fake", "net", new Dictionary<string, string>(), "undo")); break;
            case Act.Send: injection.Send(at, at.AddMinutes(1)); break;
            case Act.Effect: injection.Injected(Read(true, at), at); break;
            case Act.NoEffect: injection.Injected(Read(false, at), at); break;
            case Act.NeverSent: injection.NeverSent("no right"); break;
            case Act.Revert: injection.StartRevert(at); break;
            case Act.Prove: injection.Reverted(Read(true, at), at); break;
            case Act.FalseProof: injection.Reverted(Read(false, at), at); break;
            default: injection.Leaked(null, "still there"); break;
        }
    }

    private static Evidence Read(bool holds, DateTimeOffset at) => new(holds, "read", new Dictionary<string, string>(), at);
}

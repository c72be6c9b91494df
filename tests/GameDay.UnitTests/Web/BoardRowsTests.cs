using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Web.Components.Timeline;
using GameDay.Web.Features.Runs;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web;

public sealed class BoardRowsTests
{
    private static readonly DateTimeOffset T = new(2026, 11, 19, 10, 0, 0, TimeSpan.Zero);

    private static RunRow Row(RunState state) => new(Guid.NewGuid(), 1, state, null, null, false, null) { ArmedAt = T, BaselineAt = T.AddSeconds(1) };

    [Fact]
    public void A_planned_lane_waits_at_its_first_step()
    {
        var steps = LaneSteps.Of(null);
        steps[0].Class.ShouldBe("at wait");
        steps.Skip(1).ShouldAllBe(s => s.Class == "not");
    }

    [Fact]
    public void Only_a_run_that_may_hold_a_fault_is_red()
    {
        foreach (var state in Enum.GetValues<RunState>())
            LaneSteps.Of(Row(state)).Any(s => s.Class == "at live").ShouldBe(RunLifecycle.MayHoldFault(state), state.ToString());
    }

    [Fact]
    public void A_step_that_an_abort_skipped_is_not_shown_as_done()
    {
        var steps = LaneSteps.Of(Row(RunState.Reverting) with { RevertStartedAt = T.AddSeconds(3) });
        steps.Single(s => s.State == RunState.Baseline).Class.ShouldBe("did");
        steps.Single(s => s.State == RunState.Injecting).Class.ShouldBe("not");
        steps.Single(s => s.State == RunState.Reverting).Class.ShouldBe("at live");
    }

    [Theory]
    [InlineData("Detection", EntryKind.Detection)]
    [InlineData("surprise", EntryKind.Surprise)]
    [InlineData("", EntryKind.Note)]
    [InlineData(null, EntryKind.Note)]
    public void Note_kinds_are_read_by_name(string? name, EntryKind kind) => NoteKinds.Named(name).ShouldBe(kind);

    [Theory]
    [InlineData("Injection")]
    [InlineData("Proof")]
    [InlineData("15")]
    [InlineData("-1")]
    [InlineData("Detection, Proof")]
    [InlineData("nonsense")]
    public void Nobody_writes_a_machines_entry(string name) => NoteKinds.Named(name).ShouldBeNull();

    [Fact]
    public void Every_kind_of_entry_has_a_face() => Enum.GetValues<EntryKind>().ShouldAllBe(k => EntryFace.Of(k).Word.Length > 0);

    [Fact]
    public void Red_and_green_entries_are_only_faults_aborts_and_proofs()
    {
        Enum.GetValues<EntryKind>().Where(k => EntryFace.Of(k).Tone == "live").ShouldBe([EntryKind.Injection, EntryKind.Halt, EntryKind.Abort]);
        Enum.GetValues<EntryKind>().Where(k => EntryFace.Of(k).Tone == "proved").ShouldBe([EntryKind.Proof]);
    }
}

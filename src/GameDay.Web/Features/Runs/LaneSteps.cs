using GameDay.Domain.Experiments;
using static GameDay.Domain.Experiments.RunState;

namespace GameDay.Web.Features.Runs;

/// <summary>The eight steps of a run from left to right: which were done, where it stands, what is still to come.</summary>
public static class LaneSteps
{
    public static readonly IReadOnlyList<RunState> Straight = [Planned, Armed, Baseline, Injecting, Observing, Reverting, Recovering, Done];

    /// <param name="Class"><c>did</c>, <c>at</c> with <c>live</c> or <c>wait</c>, or <c>not</c>.</param>
    public sealed record Step(RunState State, string Class, DateTimeOffset? At);

    public static IReadOnlyList<Step> Of(RunRow? run)
    {
        var at = Place(run?.State ?? Planned);
        return [.. Straight.Select((step, i) => new Step(step, ClassOf(run, step, i, at), MomentOf(run, step)))];
    }

    /// <summary>A run that left the straight way stands where it left it.</summary>
    private static int Place(RunState state) => state switch
    {
        Refused => 2,
        Leaked => 5,
        NotRecovered => 6,
        Skipped or Cancelled => 0,
        _ => Straight.ToList().IndexOf(state),
    };

    private static string ClassOf(RunRow? run, RunState step, int index, int at)
    {
        if (run?.State == Done) return index == 0 || MomentOf(run, step) is not null ? "did" : "not";
        if (index > at) return "not";
        if (index < at) return index == 0 || MomentOf(run, step) is not null ? "did" : "not";
        return run is null || run.State is Planned or Skipped or Cancelled ? "at wait" : run.MayHoldFault ? "at live" : "at";
    }

    private static DateTimeOffset? MomentOf(RunRow? run, RunState step) => step switch
    {
        Armed => run?.ArmedAt,
        Baseline => run?.BaselineAt,
        Injecting => run?.InjectedAt,
        Observing => run?.EffectAt,
        Reverting => run?.RevertStartedAt,
        Recovering => run?.RecoveringAt,
        Done => run?.EndedAt,
        _ => null,
    };
}

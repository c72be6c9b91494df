using System.Globalization;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Runs;

/// <summary>What the big clock counts: down to a moment, up from one, or nothing. The page counts; the server says which moment.</summary>
/// <param name="Tone"><c>is-live</c> only while a fault may be in place.</param>
/// <param name="Shown">Text before the script runs and without it.</param>
public sealed record BoardClock(string Label, string Icon, string Tone, DateTimeOffset? Until, DateTimeOffset? Since, string Shown)
{
    public long? UntilMs => Until?.ToUnixTimeMilliseconds();

    public long? SinceMs => Since?.ToUnixTimeMilliseconds();

    public static BoardClock Of(Board board) => board.Active?.Run is { } run ? OfRun(run, board.ServerNow) : OfExercise(board);

    private static BoardClock OfRun(RunRow run, DateTimeOffset now) => run.State switch
    {
        RunState.Injecting or RunState.Observing when run.Deadline is { } deadline => Down("Live fault · reverts itself in", "bolt", "is-live", deadline, now),
        RunState.Injecting or RunState.Observing => Up("Live fault · for", "bolt", "is-live", run.InjectedAt ?? now, now),
        RunState.Reverting => Up("Reverting the fault · for", "undo", "is-live", run.RevertStartedAt ?? now, now),
        RunState.Leaked => Up("Not proved gone · for", "leak", "is-live", run.RevertStartedAt ?? now, now),
        RunState.Recovering => Up("Fault gone, recovering · for", "pulse", "", run.RecoveringAt ?? now, now),
        RunState.Baseline => Up("Measuring the baseline · for", "pulse", "", run.BaselineAt ?? now, now),
        _ => Up("Armed · for", "target", "", run.ArmedAt ?? now, now),
    };

    private static BoardClock OfExercise(Board board) => board.State switch
    {
        ExerciseState.Aborting => Up("Aborting · running for", "stop", "is-live", board.StartedAt ?? board.ServerNow, board.ServerNow),
        ExerciseState.Running or ExerciseState.Paused or ExerciseState.WindingDown when board.StartedAt is { } started => Up("Nothing is live · exercise runs for", "dashed", "", started, board.ServerNow),
        _ when board is { StartedAt: { } from, EndedAt: { } to } => new("Nothing is live · the exercise took", "dashed", "", null, null, Span(to - from)),
        _ when board.StartsAt is { } starts && starts > board.ServerNow => starts - board.ServerNow > TimeSpan.FromDays(1)
            ? new("Nothing is live · starts in", "dashed", "", null, null, $"{(int)(starts - board.ServerNow).TotalDays}\u00A0d") : Down("Nothing is live · starts in", "dashed", "", starts, board.ServerNow),
        _ => new("Nothing is live", "dashed", "", null, null, "––:––"),
    };

    private static BoardClock Down(string label, string icon, string tone, DateTimeOffset until, DateTimeOffset now) => new(label, icon, tone, until, null, Span(until - now));

    private static BoardClock Up(string label, string icon, string tone, DateTimeOffset since, DateTimeOffset now) => new(label, icon, tone, null, since, Span(now - since));

    public static string Span(TimeSpan span) => span.Duration() is var d && d.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)d.TotalHours}:{d:mm\\:ss}") : string.Create(CultureInfo.InvariantCulture, $"{d:mm\\:ss}");
}

using GameDay.Domain.Experiments;
using GameDay.Domain.People;

namespace GameDay.Domain.Exercises;

/// <summary>Wording of the notices (practice §2). Each is prefixed as an exercise and names how to abort.</summary>
public static class Notices
{
    private const string HowToAbort = "Anyone may stop it: press Abort on the run board, or run ./gameday abort.";

    public static string Announcement(Exercise e) => Say(e,
        $"{e.Title} on {When(e)} in {e.Plan.Cluster}. Goal: {Or(e.Plan.Goal, "learn how the system behaves")}.",
        $"Services that may be affected: {Affected(e)}.",
        "Work as usual; treat failures there as production. " + HowToAbort);

    public static string Started(Exercise e, Actor by) => Say(e, $"Exercise is live. Facilitator {by.Name}. (Experiment times are not announced here.)", HowToAbort);

    public static string Paused(Exercise e, Actor by, string? reason) => Say(e, $"Paused by {by.Name}: {Or(reason, "no reason given")}. No new experiments start.", HowToAbort);

    public static string Resumed(Exercise e, Actor by) => Say(e, $"Resumed by {by.Name}.", HowToAbort);

    public static string Aborted(Exercise e, Actor by, string? reason) => Say(e,
        $"Aborted ({by.Name}: {Or(reason, "reason to follow")}). Faults are being reverted now.",
        "If you still see impact after the all clear treat it as REAL: follow the incident procedure.");

    public static string AllClear(Exercise e, DateTimeOffset at) => Say(e, $"All faults removed and steady state verified {at:HH:mm:ss} UTC. Anything you see from now on is not the exercise.", "Nothing is left to abort.");

    public static string Summary(Exercise e, string summary) => Say(e, summary, "No conclusions yet; they belong to the debrief. Nothing is left to abort.");

    public static string Leak(Exercise e, string what) => Say(e, $"A fault is NOT proved gone: {what}.", "Treat it as REAL. Halt everything with: kubectl -n gameday create configmap gameday-halt");

    public static string HandedOver(Exercise e, Actor by, string reason, IReadOnlyList<string> left) => Say(e,
        $"Declared a REAL incident by {by.Name}: {reason}. There is no all clear; still in place: {string.Join("; ", left)}.",
        "Follow the incident procedure. Halt everything with: kubectl -n gameday create configmap gameday-halt");

    private static string Say(Exercise e, params IEnumerable<string> lines) => $"[EXERCISE · {e.Title} · {e.Id.ToString()[^8..]}] {string.Join("\n", lines)}";

    private static string When(Exercise e) => e.StartsAt is { } start ? $"{start:yyyy-MM-dd HH:mm}{(e.EndsAt is { } end ? $"–{end:HH:mm}" : "")} UTC" : "short notice";

    private static string Affected(Exercise e) => Or(string.Join(", ", e.Plan.Experiments.Select(x => TargetWords.Of(x.Targets)).Distinct()), "none named");

    private static string Or(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text.TrimEnd('.');
}

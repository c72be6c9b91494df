using GameDay.Domain.Experiments;
using GameDay.Kubernetes;

namespace GameDay.Faults.Reaping;

/// <summary>Says what the reaper did and could not do: in its log, and as an Event on what it read.</summary>
internal sealed class ReapAlarm(KubernetesClient client, ReaperOptions options, ReaperVoice voice)
{
    public void Began(Held held, string why) => voice.Say($"{Name(held)}: reverting, because {why}");

    public async Task EndedAsync(Held held, ReapOutcome outcome, int failures, CancellationToken ct)
    {
        if (outcome.Result == ReapResult.Proved)
        {
            voice.Say($"{Name(held)}: proved gone: {outcome.Words}");
            await EventAsync(held, "Normal", "FaultReaped", outcome.Words, ct);
        }
        else if (failures == 1)
        {
            // Another reaper or the engine may be half way through the same: the next try tells.
            voice.Say($"{Name(held)}: not proved gone yet: {outcome.Words}");
        }
        else if (IsNews(failures))
        {
            voice.Alarm($"{Name(held)}: NOT proved gone after {failures} tries: {outcome.Words}. By hand: {held.Content.Undo.InWords}");
            await EventAsync(held, "Warning", "FaultNotProvedGone", $"{outcome.Words}. By hand: {held.Content.Undo.InWords}", ct);
        }
    }

    public void Refused(Untouched untouched) => voice.AlarmOnce($"{untouched.Key} is left untouched: {untouched.Why}. Look with ./gameday sweep and undo it by hand.");

    /// <summary>Ever more seldom: 2, 4, 8 …</summary>
    private static bool IsNews(int failures) => (failures & (failures - 1)) == 0;

    private static string Name(Held held) =>
        $"{held.Content.Undo.Kind} on {Place(held.Content.Order.Target)}, injection {held.Content.Order.ShortId} ({held.Key})";

    private static string Place(FaultTarget target) => target.Namespace.Length == 0 ? target.Name : $"{target.Namespace}/{target.Name}";

    private async Task EventAsync(Held held, string type, string reason, string words, CancellationToken ct)
    {
        if (!held.FromLedger)
            return;
        var at = client.ServerClock.Now;
        var name = held.Key.Split('/')[^1];
        var entry = new Corev1Event
        {
            Metadata = new() { GenerateName = $"{name}-", Namespace = options.Namespace, Labels = Marks.Labels(held.Content.Order) },
            InvolvedObject = new() { Kind = "ConfigMap", ApiVersion = "v1", Name = name, Namespace = options.Namespace },
            Reason = reason, Type = type, Count = 1, FirstTimestamp = at, LastTimestamp = at,
            Message = words.Length > 1000 ? words[..1000] : words,
        };
        try
        {
            await client.CreateAsync(entry, cancellationToken: ct);
        }
        catch (Exception lost) when (lost is KubernetesException or ClusterUnreachableException or OperationCanceledException)
        {
            voice.SayOnce($"no Event was written: {lost.Message}");
        }
    }
}

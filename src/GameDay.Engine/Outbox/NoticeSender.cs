using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;

namespace GameDay.Engine.Outbox;

/// <summary>Sends one notice by the configured notifier; without one it stays readable in the app.</summary>
internal sealed class NoticeSender(IEnumerable<INotifier> notifiers, EngineOptions options, TimeProvider clock)
{
    public async Task<Action<OutboxMessage>> SendAsync(OutboxMessage message, CancellationToken ct)
    {
        if (notifiers.FirstOrDefault(n => n.IsConfigured) is not { } notifier) return m => m.OnlyReadable(clock.GetUtcNow());
        var link = options.PublicAddress is { } home ? new Uri(home, $"exercises/{message.ExerciseId}") : null;
        var notice = new Notice(message.Id.ToString("N"), message.ExerciseId, message.Kind, message.Channel, message.Text, link);
        var reference = message.Attempts > 1 ? await notifier.FindAsync(notice, ct) : null;
        reference ??= await notifier.SendAsync(notice, ct);
        return m => m.Sent(reference, clock.GetUtcNow());
    }
}

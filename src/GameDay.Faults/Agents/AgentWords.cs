using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Faults.Agents;

/// <summary>The agent's command line: what every injection says, around the words of its effect.</summary>
internal static class AgentWords
{
    /// <summary>A fault in the pod's network: whom it means, whom it never touches, what shows it.</summary>
    public static IReadOnlyList<string> InNetwork(InjectionOrder order, UndoPlan undo, IReadOnlyList<string> effect, DateTimeOffset now) =>
        [.. Inject(order, effect, now), "--to", undo.Values["to"], .. Given("never", undo), .. Given("probe", undo)];

    /// <param name="now">The API server's clock: the deadline counts from it, so the agent is told how long is left, not when.</param>
    public static IReadOnlyList<string> Inject(InjectionOrder order, IReadOnlyList<string> effect, DateTimeOffset now)
    {
        var left = order.Deadline - now;
        if (left <= TimeSpan.Zero)
            throw new FaultRefused($"Its deadline {order.Deadline:HH:mm:ss} UTC has passed.");
        return
        [
            "inject", "--id", order.ShortId, .. effect,
            "--duration", DurationText.Write(order.Duration), "--deadline-in", $"{Math.Max(1, (long)left.TotalMilliseconds)}ms",
            "--not-after", Landing.LimitOf(order).ToString("O", CultureInfo.InvariantCulture),
        ];
    }

    private static string[] Given(string name, UndoPlan undo) => undo.Values.GetValueOrDefault(name) is { Length: > 0 } value ? [$"--{name}", value] : [];
}

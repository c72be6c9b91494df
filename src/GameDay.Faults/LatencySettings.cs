using System.Globalization;
using GameDay.Domain.Experiments;
using GameDay.Domain.Plugins;

namespace GameDay.Faults;

/// <summary>What a network-latency order asks for, and the agent's words for it.</summary>
internal sealed record LatencySettings(TimeSpan Delay, TimeSpan Jitter, string To, int? Port)
{
    public static LatencySettings Of(InjectionOrder order) => new(
        DurationText.Parse(order.Settings["delay"]),
        DurationText.Parse(order.Settings.GetValueOrDefault("jitter") ?? "0s"),
        order.Settings["to"],
        order.Settings.GetValueOrDefault("port") is { Length: > 0 } port ? int.Parse(port, CultureInfo.InvariantCulture) : null);

    /// <param name="now">The API server's clock: the deadline counts from it, so the agent is told how long is left, not when.</param>
    public string[] Words(InjectionOrder order, UndoPlan undo, DateTimeOffset now)
    {
        var left = order.Deadline - now;
        if (left <= TimeSpan.Zero)
            throw new FaultRefused($"Its deadline {order.Deadline:HH:mm:ss} UTC has passed.");
        string[] port = Port is { } number ? ["--port", number.ToString(CultureInfo.InvariantCulture)] : [];
        string[] probe = undo.Values.TryGetValue("probe", out var address) ? ["--probe", address] : [];
        return
        [
            "inject", "--id", order.ShortId, "--delay", DurationText.Write(Delay), "--jitter", DurationText.Write(Jitter), "--to", undo.Values["to"],
            "--duration", DurationText.Write(order.Duration), "--deadline-in", $"{Math.Max(1, (long)left.TotalMilliseconds)}ms",
            "--not-after", order.NotAfter.ToString("O", CultureInfo.InvariantCulture), .. port, .. probe,
        ];
    }
}

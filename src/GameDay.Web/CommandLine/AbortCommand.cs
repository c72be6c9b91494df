using System.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday abort</c>: ends the live exercise (or the named one) and goes straight to revert.</summary>
public static class AbortCommand
{
    public static Command Create()
    {
        var id = new Option<string?>("--exercise") { Description = "Id of the exercise; without it the one that is live." };
        var reason = new Option<string?>("--reason") { Description = "Why; may be given afterwards." };
        var command = new Command("abort", "Abort the live exercise: every fault is reverted now.") { id, reason };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(async () =>
        {
            using var api = ApiClient.ToRunning(Layout.FromEnvironment());
            var answer = await api.PostAsync($"api/exercises/{parsed.GetValue(id) ?? "live"}/abort", new { reason = parsed.GetValue(reason) }, ct);
            Console.WriteLine(answer.TryGetProperty("message", out var message) ? message.GetString() : "Aborted; faults are being reverted.");
            return ExitCode.Held;
        }));
        return command;
    }
}

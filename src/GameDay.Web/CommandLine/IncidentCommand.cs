using System.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday incident</c>: signs a leak over to people; the exercise ends without an all clear.</summary>
public static class IncidentCommand
{
    public static Command Create()
    {
        var id = new Option<string>("--exercise") { Description = "Id of the exercise.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Who handles the incident, and where.", Required = true };
        var command = new Command("incident", "Declare what an exercise left behind a real incident, with your name and a reason.") { id, reason };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(async () =>
        {
            using var api = ApiClient.ToRunning(Layout.FromEnvironment());
            await api.PostAsync($"api/exercises/{Uri.EscapeDataString(parsed.GetValue(id)!)}/incident", new { reason = parsed.GetValue(reason) }, ct);
            Console.WriteLine("Declared a real incident: the exercise has ended without an all clear, and no fault starts until the incident is closed.");
            return ExitCode.Leak;
        }));
        return command;
    }
}

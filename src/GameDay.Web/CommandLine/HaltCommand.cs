using System.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday halt</c> stops everything everywhere; <c>release</c> lets new exercises start again.</summary>
public static class HaltCommand
{
    public static Command CreateHalt() => Create("halt", "Halt all: abort every exercise, refuse new ones until released.", "Halted: every exercise is aborted, nothing new starts until ./gameday release --reason '…'.", needsReason: false);

    public static Command CreateRelease() => Create("release", "Release a halt, with a reason.", "Released: exercises may start again.", needsReason: true);

    private static Command Create(string name, string description, string done, bool needsReason)
    {
        var reason = new Option<string?>("--reason") { Description = "Why.", Required = needsReason };
        var command = new Command(name, description) { reason };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(async () =>
        {
            using var api = ApiClient.ToRunning(Layout.FromEnvironment());
            await api.PostAsync($"api/{name}", new { reason = parsed.GetValue(reason) }, ct);
            Console.WriteLine(done);
            return ExitCode.Held;
        }));
        return command;
    }
}

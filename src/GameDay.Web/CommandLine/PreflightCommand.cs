using System.CommandLine;
using System.Text.Json;
using GameDay.Web.CommandLine.Up;
using GameDay.Web.Components.Parts;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday preflight FILE</c>: asks every guard, injects nothing.</summary>
public static class PreflightCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Exercise file." };
        var command = new Command("preflight", "Ask every guard about an exercise file; nothing is injected.") { file };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(() => AskAsync(parsed.GetValue(file)!, ct)));
        return command;
    }

    private static async Task<int> AskAsync(string path, CancellationToken ct)
    {
        var yaml = await ExerciseText.ReadAsync(path, ct);
        using var api = ApiClient.ToRunning(Layout.FromEnvironment());
        var answer = await api.PostAsync("api/preflight", yaml, "application/yaml", ct);
        var refused = false;
        foreach (var experiment in answer.GetProperty("experiments").EnumerateArray())
        {
            Console.WriteLine(experiment.GetProperty("title").GetString());
            foreach (var guard in experiment.GetProperty("guards").EnumerateArray()) refused |= !Print(guard);
        }
        return refused ? ExitCode.Refused : ExitCode.Held;
    }

    private static bool Print(JsonElement guard)
    {
        var passed = guard.GetProperty("passed");
        var word = passed.ValueKind switch { JsonValueKind.True => guard.GetProperty("warns").GetBoolean() ? "look   " : "ok     ", JsonValueKind.False => "refused", _ => "unknown" };
        var age = Ages.Words(TimeSpan.FromSeconds(guard.GetProperty("ageSeconds").GetDouble()));
        Console.WriteLine($"  {word}  {guard.GetProperty("guard").GetString(),-22} {age,-10} {guard.GetProperty("evidence").GetString()}");
        return passed.ValueKind == JsonValueKind.True;
    }
}

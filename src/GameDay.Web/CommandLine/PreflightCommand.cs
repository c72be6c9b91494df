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
        var kubeconfig = ClusterOptions.Kubeconfig();
        var cluster = ClusterOptions.Cluster();
        var command = new Command("preflight", "Ask every guard about an exercise file; nothing is injected.") { file, kubeconfig, cluster };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(() => AskAsync(parsed.GetValue(file)!, ClusterOptions.FullPath(parsed.GetValue(kubeconfig)), parsed.GetValue(cluster), ct)));
        return command;
    }

    /// <summary>Without a kubeconfig the running GameDay is asked; with one, a GameDay is started for the question.</summary>
    private static async Task<int> AskAsync(string path, string? kubeconfig, string? cluster, CancellationToken ct)
    {
        var yaml = await ExerciseText.ReadAsync(path, ct);
        var layout = Layout.FromEnvironment();
        if (kubeconfig is not null || cluster is not null)
            return await RunningOrOwn.UseAsync(layout, kubeconfig, cluster, url => AskAsync(new ApiClient(url, layout), yaml, ct), ct);
        return await AskAsync(ApiClient.ToRunning(layout), yaml, ct);
    }

    private static async Task<int> AskAsync(ApiClient api, string yaml, CancellationToken ct)
    {
        using var _ = api;
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

using System.CommandLine;
using System.Text.Json;
using GameDay.Domain;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday run FILE</c>: one whole exercise without a browser, on the same engine and database.</summary>
public static class RunCommand
{
    public sealed record Options(string File, string? Out, string? Kubeconfig, string? Cluster, bool WithoutReaper = false);

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Exercise file; see runbooks/exercises/." };
        var folder = new Option<string?>("--out") { Description = "Folder for report.json, .html, .md and .pdf. Default: reports/<file name>." };
        var kubeconfig = ClusterOptions.Kubeconfig();
        var cluster = ClusterOptions.Cluster();
        var yes = new Option<bool>("--yes") { Description = "Answer prompts with yes. It approves nothing." };
        var withoutReaper = new Option<bool>("--without-reaper") { Description = "Run though no reaper lives; only faults bound to a pod start then." };
        var command = new Command("run", "Run one whole exercise file and write its report.") { file, folder, kubeconfig, cluster, yes, withoutReaper };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(() =>
            RunAsync(new(parsed.GetValue(file)!, parsed.GetValue(folder), ClusterOptions.FullPath(parsed.GetValue(kubeconfig)), parsed.GetValue(cluster), parsed.GetValue(withoutReaper)), ct)));
        return command;
    }

    private static async Task<int> RunAsync(Options options, CancellationToken ct)
    {
        var yaml = await ExerciseText.ReadAsync(options.File, ct);
        var layout = Layout.FromEnvironment();
        return await RunningOrOwn.UseAsync(layout, options.Kubeconfig, options.Cluster, url => ExerciseAsync(url, layout, yaml, options, ct), ct);
    }

    private static async Task<int> ExerciseAsync(string url, Layout layout, string yaml, Options options, CancellationToken ct)
    {
        using var api = new ApiClient(url, layout);
        var id = (await api.PostAsync("api/exercises", yaml, "application/yaml", ct)).GetProperty("id").GetString()!;
        var interrupted = false;
        try
        {
            await api.PostAsync($"api/exercises/{id}/run{(options.WithoutReaper ? "?withoutReaper=true" : "")}", null, ct);
            await FollowAsync(api, id, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            interrupted = true;
            await Console.Error.WriteLineAsync("Interrupted: aborting, faults are reverted first ...");
            await api.PostAsync($"api/exercises/{id}/abort", new { reason = "Ctrl-C on the command line" }, ApiClient.LastWords());
            await FollowAsync(api, id, ApiClient.LastWords());
        }
        var last = ApiClient.LastWords();
        var exercise = await api.GetAsync($"api/exercises/{id}", last);
        var folder = await SaveReportsAsync(api, id, options, last);
        Summarise(exercise, folder);
        var code = Judge(exercise);
        return interrupted && code != ExitCode.Leak ? ExitCode.Interrupted : code;
    }

    /// <summary>Prints the timeline on stderr until the exercise has ended.</summary>
    private static async Task FollowAsync(ApiClient api, string id, CancellationToken ct)
    {
        var seq = 0L;
        while (true)
        {
            var page = await api.GetAsync($"api/exercises/{id}/timeline?after={seq}&wait=2", ct);
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                seq = entry.GetProperty("seq").GetInt64();
                await Console.Error.WriteLineAsync($"{entry.GetProperty("at").GetDateTimeOffset():HH:mm:ss}  {entry.GetProperty("text").GetString()!.Split('\n')[0]}");
            }
            if (page.GetProperty("ended").GetBoolean()) return;
        }
    }

    private static async Task<string> SaveReportsAsync(ApiClient api, string id, Options options, CancellationToken ct)
    {
        var folder = Path.GetFullPath(options.Out ?? Path.Combine("reports", Path.GetFileNameWithoutExtension(options.File)));
        Directory.CreateDirectory(folder);
        foreach (var ending in new[] { "json", "html", "md", "pdf" })
            await File.WriteAllBytesAsync(Path.Combine(folder, $"report.{ending}"), await api.DownloadAsync($"api/exercises/{id}/report.{ending}", ct), ct);
        return folder;
    }

    private static void Summarise(JsonElement exercise, string folder)
    {
        Console.WriteLine($"{exercise.GetProperty("title").GetString()}: {exercise.GetProperty("state").GetString()}");
        foreach (var run in exercise.GetProperty("runs").EnumerateArray())
            Console.WriteLine($"  {Word(run),-14} {run.GetProperty("title").GetString()}{(run.GetProperty("reason").GetString() is { Length: > 0 } why ? $" ({why})" : "")}");
        Console.WriteLine($"Report: {Path.Combine(folder, "report.html")}");
    }

    private static string Word(JsonElement run) => run.GetProperty("verdict").GetString() ?? run.GetProperty("state").GetString()!;

    private static int Judge(JsonElement exercise) => ExitCode.Worst(exercise.GetProperty("runs").EnumerateArray().Select(Judged)
        .Append(exercise.GetProperty("leaks").GetInt32() > 0 ? ExitCode.Leak : ExitCode.Held));

    private static int Judged(JsonElement run) => run.GetProperty("state").GetString() switch
    {
        "Leaked" => ExitCode.Leak,
        "Refused" => ExitCode.Refused,
        "Done" when run.GetProperty("verdict").GetString() == "Held" => ExitCode.Held,
        _ => ExitCode.NotHeld,
    };
}

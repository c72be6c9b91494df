using System.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday sweep</c>: what of any GameDay is still in the cluster, who made it, how to undo it by hand.</summary>
public static class SweepCommand
{
    public static Command Create()
    {
        var cluster = ClusterOptions.Cluster();
        var command = new Command("sweep", "List leftovers in the cluster; exit 3 if there are any.") { cluster };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(() => ListAsync(parsed.GetValue(cluster), ct)));
        return command;
    }

    private static async Task<int> ListAsync(string? cluster, CancellationToken ct)
    {
        using var api = ApiClient.ToRunning(Layout.FromEnvironment());
        var answer = await api.GetAsync($"api/sweep{(cluster is null ? "" : $"?cluster={Uri.EscapeDataString(cluster)}")}", ct);
        var leftovers = answer.GetProperty("leftovers").EnumerateArray().ToList();
        foreach (var left in leftovers)
        {
            Console.WriteLine($"{left.GetProperty("cluster").GetString()}  {left.GetProperty("object").GetString()}  made by {left.GetProperty("madeBy").GetString()}");
            if (!left.GetProperty("ours").GetBoolean()) Console.WriteLine($"    of installation {left.GetProperty("installationId").GetString()}, not this one: listed, never touched");
            Console.WriteLine($"    undo by hand: {left.GetProperty("undoByHand").GetString()}");
        }
        Console.WriteLine(leftovers.Count == 0 ? "Nothing left behind." : $"{leftovers.Count} left behind: no all clear while one is there. The signed way out: ./gameday incident --exercise ID --reason '…'");
        return leftovers.Count == 0 ? ExitCode.Held : ExitCode.Leak;
    }
}

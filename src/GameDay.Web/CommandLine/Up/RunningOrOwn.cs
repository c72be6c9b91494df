using GameDay.Domain;

namespace GameDay.Web.CommandLine.Up;

/// <summary>The GameDay that runs in this folder; when there is none, one of our own for as long as a command takes.</summary>
public static class RunningOrOwn
{
    /// <param name="use">Is told the address.</param>
    public static async Task<int> UseAsync(Layout layout, string? kubeconfig, string? cluster, Func<string, Task<int>> use, CancellationToken ct)
    {
        var running = RunningInstance.Find(layout);
        if (running is not null && kubeconfig is not null)
            throw new RuleBroken("AlreadyUp", $"GameDay is already running at {running.Url} with its own clusters, so --kubeconfig would be ignored. Stop it there, or leave the option away.");
        ClusterOptions.RefuseUnusable(kubeconfig, cluster);
        if (running is not null) return await use(running.Url);
        await using var session = new Session(layout, new UpOptions(0, kubeconfig, cluster), Console.Error.WriteLine);
        await session.StartAsync(ct);
        return await use(session.Url);
    }
}

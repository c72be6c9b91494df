using System.CommandLine;
using GameDay.Web.CommandLine.Up;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday up</c>: everything on this machine, until Ctrl-C.</summary>
public static class UpCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 picks a free one.", DefaultValueFactory = _ => 5080 };
        var kubeconfig = ClusterOptions.Kubeconfig();
        var cluster = ClusterOptions.Cluster();
        var command = new Command("up", "Start PostgreSQL, the sandbox and the app; stop them with Ctrl-C.") { port, kubeconfig, cluster };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(() => UpAsync(new UpOptions(parsed.GetValue(port), ClusterOptions.FullPath(parsed.GetValue(kubeconfig)), parsed.GetValue(cluster)), ct)));
        return command;
    }

    private static async Task<int> UpAsync(UpOptions options, CancellationToken ct)
    {
        ClusterOptions.RefuseUnusable(options.Kubeconfig, options.Cluster);
        await using var session = new Session(Layout.FromEnvironment(), options, Console.Error.WriteLine);
        await session.StartAsync(ct);
        Console.WriteLine($"GameDay is ready at {session.Url}");
        if (options.Kubeconfig is null) Console.WriteLine(DemoSignIns(session.Url));
        else if (session.FirstAdministrator is { } path) Console.WriteLine($"  Nobody can sign in yet. Make the first administrator here, once: {session.Url}{path}");
        if (session.Prometheus is { } prometheus) Console.WriteLine($"  The sandbox's Prometheus: {prometheus}");
        try { await session.Ended.WaitAsync(ct); }
        catch (OperationCanceledException) { await Console.Error.WriteLineAsync("Stopping ..."); }
        return ExitCode.Held;
    }

    private static string DemoSignIns(string url) =>
        $"""
           Demo sign-ins (no password, on this machine only): {url}/sign-in
             marta  Marta Okafor    facilitator   plans, starts, pauses
             grace  Grace Mbeki     approver      approves what others planned
             hanna  Hanna Vogel     observer      watches and writes notes
             priya  Priya Nair      responder     reacts as in production
           Stop everything with Ctrl-C.
         """;
}

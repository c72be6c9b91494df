using System.CommandLine;
using GameDay.Domain;
using GameDay.Web.Hosting;

namespace GameDay.Web.CommandLine;

/// <summary><c>serve</c>: the web application alone; <c>./gameday up</c> and container images start it.</summary>
public static class ServeCommand
{
    /// <summary>A connection string may hold a password, so it comes from the environment and never from the arguments.</summary>
    public const string ConnectionVariable = "ConnectionStrings__GameDay";

    private const string SandboxName = "sandbox";

    public static Command Create()
    {
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 5080 };
        var address = new Option<string>("--address") { DefaultValueFactory = _ => "127.0.0.1", Description = "Address to listen on; loopback by default." };
        var data = new Option<string>("--data") { DefaultValueFactory = _ => ".gameday", Description = "State directory." };
        var root = new Option<string>("--root") { DefaultValueFactory = _ => ".", Description = "Folder that holds runbooks/." };
        var sandbox = new Option<string?>("--sandbox") { Description = "Kubeconfig of the sandbox." };
        var kubeconfig = ClusterOptions.Kubeconfig();
        var cluster = ClusterOptions.Cluster();
        var inCluster = new Option<string?>("--in-cluster") { Description = "Use the service account of this pod, and call its cluster so." };
        var withParent = new Option<bool>("--exit-with-parent") { Description = "Stop when standard input closes." };
        var command = new Command("serve", "Run the web application alone; needs PostgreSQL in ConnectionStrings__GameDay.") { port, address, data, root, sandbox, kubeconfig, cluster, inCluster, withParent };
        command.SetAction((parsed, ct) => GameDayCommands.GuardAsync(async () =>
        {
            var options = new WebOptions
            {
                Port = parsed.GetValue(port),
                Address = parsed.GetValue(address)!,
                ConnectionString = Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } given ? given
                    : throw new RuleBroken("NoDatabase", $"No database is named. Set {ConnectionVariable} to a PostgreSQL connection string, or use ./gameday up."),
                DataDirectory = parsed.GetValue(data)!,
                RepositoryRoot = parsed.GetValue(root)!,
                Clusters = [.. Clusters(parsed.GetValue(sandbox), ClusterOptions.FullPath(parsed.GetValue(kubeconfig)), parsed.GetValue(cluster), parsed.GetValue(inCluster))],
            };
            return await ServeAsync(options, parsed.GetValue(withParent), ct);
        }));
        return command;
    }

    private static IEnumerable<NamedCluster> Clusters(string? sandbox, string? kubeconfig, string? context, string? inCluster)
    {
        if (sandbox is not null) yield return new NamedCluster(SandboxName, sandbox, null, IsSandbox: true);
        if ((kubeconfig is not null && context == SandboxName) || inCluster == SandboxName) throw new RuleBroken("SandboxNameIsTaken", "A real cluster cannot be called 'sandbox': plans rehearsed there would reach it. Rename the context (kubectl config rename-context), then run this again.");
        if (kubeconfig is not null) yield return new NamedCluster(context ?? "default", kubeconfig, context);
        if (inCluster is not null) yield return new NamedCluster(inCluster, null);
    }

    private static async Task<int> ServeAsync(WebOptions options, bool exitWithParent, CancellationToken ct)
    {
        await using var app = WebHost.Build(options);
        if (exitWithParent) _ = StopWhenInputClosesAsync(app.Lifetime);
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
        return ExitCode.Held;
    }

    private static async Task StopWhenInputClosesAsync(IHostApplicationLifetime lifetime)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await input.ReadToEndAsync();
        lifetime.StopApplication();
    }
}

using System.CommandLine;
using GameDay.Web.CommandLine;
using GameDay.Web.Hosting;

namespace GameDay.Benchmarks.Plants;

/// <summary><c>host-app</c>: for the benches themselves.</summary>
internal static class HostCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port");
        var data = new Option<string>("--data");
        var root = new Option<string>("--root");
        var sandbox = new Option<string>("--sandbox");
        var clock = new Option<int>("--clock");
        var plant = new Option<string?>("--plant");
        var command = new Command("host-app", "For the benches: the product's app with its clock wrong or a defect planted.") { port, data, root, sandbox, clock, plant };
        command.Hidden = true;
        command.SetAction((parsed, ct) => HostApp.RunAsync(
            new WebOptions
            {
                Port = parsed.GetValue(port),
                ConnectionString = Environment.GetEnvironmentVariable(ServeCommand.ConnectionVariable)!,
                DataDirectory = parsed.GetValue(data)!,
                RepositoryRoot = parsed.GetValue(root)!,
                Clusters = [new NamedCluster("sandbox", parsed.GetValue(sandbox)!, null, IsSandbox: true)],
            },
            parsed.GetValue(plant), TimeSpan.FromSeconds(parsed.GetValue(clock)), ct));
        return command;
    }
}

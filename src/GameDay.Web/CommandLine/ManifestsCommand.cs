using System.CommandLine;
using GameDay.Domain;
using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Web.CommandLine.Up;
using GameDay.Web.Hosting;
using GameDay.Web.Manifests;

namespace GameDay.Web.CommandLine;

/// <summary><c>./gameday manifests</c> and <c>./gameday rbac</c>: what a real cluster needs, printed from the Helm chart's templates.</summary>
public static class ManifestsCommand
{
    public static Command CreateManifests()
    {
        var cluster = new Option<string>("--cluster") { Description = "Name of the cluster (the kubeconfig's context).", Required = true };
        var installation = new Option<string?>("--installation") { Description = "Whose faults the reaper ends; by default the first installation that injects there." };
        var (faults, namespaces) = Scope();
        var command = new Command("manifests", "Print what a real cluster needs: namespace, service accounts, roles, reaper.") { cluster, faults, namespaces, installation };
        command.SetAction((parsed, _) => GameDayCommands.GuardAsync(() => Print(
            new(parsed.GetValue(cluster)!, List(parsed.GetValue(faults)), List(parsed.GetValue(namespaces)), parsed.GetValue(installation)), (wanted, chart, kinds) => wanted.All(chart, kinds))));
        return command;
    }

    public static Command CreateRbac()
    {
        var (faults, namespaces) = Scope();
        var command = new Command("rbac", "Print the least permissions that faults need.") { faults, namespaces };
        command.SetAction((parsed, _) => GameDayCommands.GuardAsync(() => Print(new("", List(parsed.GetValue(faults)), List(parsed.GetValue(namespaces)), null), (wanted, chart, kinds) => wanted.Rbac(chart, kinds))));
        return command;
    }

    /// <summary>All kinds as data; nothing is connected to.</summary>
    public static IReadOnlyList<FaultKind> Kinds()
    {
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddSingleton<IReadOnlyList<ClusterSource>>([]).AddSingleton(new FaultOptions { InstallationId = "none" })
            .AddFaults().AddEveryFault().AddKinds().BuildServiceProvider();
        return services.GetRequiredService<IReadOnlyList<FaultKind>>();
    }

    private static (Option<string?> Faults, Option<string?> Namespaces) Scope() => (
        new("--faults") { Description = "Kinds to enable, separated by commas; all by default." },
        new("--namespaces") { Description = "Where faults may act, separated by commas; everywhere but in protected ones by default." });

    private static Task<int> Print(ClusterManifests wanted, Func<ClusterManifests, Chart, IReadOnlyList<FaultKind>, string> render)
    {
        var directory = Path.Combine(Layout.FromEnvironment().Root, "helm/gameday");
        if (!Directory.Exists(directory))
            throw new RuleBroken("NoChart", $"The chart is missing: {directory}. Run this in a clone of GameDay.");
        Console.Write(render(wanted, new Chart(directory), Kinds()));
        return Task.FromResult(ExitCode.Held);
    }

    private static string[] List(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

using System.CommandLine;
using GameDay.Benchmarks.Stage;
using GameDay.Domain.Experiments;

namespace GameDay.Benchmarks.Select;

/// <summary><c>select-once</c>: a fresh process that previews the targets some times and prints the most memory it held.</summary>
internal static class SelectOnceCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string>("--kubeconfig") { Required = true };
        var choose = new Option<Choice>("--choose");
        var times = new Option<int>("--times") { DefaultValueFactory = _ => 1 };
        var command = new Command("select-once", "For the benches: one target preview in a fresh process.") { kubeconfig, choose, times };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            using var selection = new Selection(parsed.GetValue(kubeconfig)!);
            for (var i = 0; i < parsed.GetValue(times); i++) await selection.RunAsync(parsed.GetValue(choose), ct);
            Console.WriteLine(Memory.Peak(Environment.ProcessId).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return 0;
        });
        return command;
    }
}

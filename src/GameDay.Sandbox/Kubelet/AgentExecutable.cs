using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>The real fault agent, standing in for its image: a native program, or a .dll run on the runtime.</summary>
public sealed partial class AgentExecutable(string path)
{
    public static bool IsAgent(string? image) => Image().IsMatch(image ?? "");

    /// <summary>The arguments for the agent in a container's command line; null when it names another program.</summary>
    public static IReadOnlyList<string>? Arguments(IReadOnlyList<string> commandLine) => 
        commandLine.Count == 0 ? []
        : Path.GetFileName(commandLine[0]) is "gameday-agent" or "agent" ? [.. commandLine.Skip(1)]
        : null;

    /// <summary>A process that is not started yet, with its streams redirected.</summary>
    public ProcessStartInfo Prepare(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var managed = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(managed ? "dotnet" : path)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in managed ? [path, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>A container's own variables, with the downward API's common fields.</summary>
    public static Dictionary<string, string> Environment(PodContext pod, JsonObject spec)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOSTNAME"] = pod.Name };
        foreach (var variable in spec.Items("env"))
        {
            variables[variable.Text("name") ?? ""] = variable.Text("value") ?? Field(pod, variable.Text("valueFrom", "fieldRef", "fieldPath"));
        }

        return variables;
    }

    private static string Field(PodContext pod, string? path) => path switch
    {
        "metadata.name" => pod.Name,
        "metadata.namespace" => pod.Namespace,
        "metadata.uid" => pod.Uid,
        "spec.nodeName" => pod.Node,
        "status.podIP" => pod.Address.ToString(),
        "status.hostIP" => pod.HostAddress.ToString(),
        _ => "",
    };

    [GeneratedRegex("(^|/)gameday/agent[^/]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();
}

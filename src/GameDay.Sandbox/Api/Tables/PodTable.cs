using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Tables;

/// <summary>NAME READY STATUS RESTARTS AGE, and wide: IP NODE NOMINATED NODE READINESS GATES.</summary>
internal static class PodTable
{
    public static TablePrinter Printer { get; } = new(
        Columns.Name,
        Columns.Text("Ready", Ready),
        Columns.Text("Status", Status),
        new Column("Restarts", (pod, now) => Restarts(pod, now)),
        Columns.Age,
        Columns.Text("IP", pod => pod.Text("status", "podIP"), isWide: true),
        Columns.Text("Node", pod => pod.Text("spec", "nodeName"), isWide: true),
        Columns.Text("Nominated Node", pod => pod.Text("status", "nominatedNodeName"), isWide: true),
        Columns.Text("Readiness Gates", _ => null, isWide: true));

    private static string Ready(JsonObject pod) =>
        $"{pod.Items("status", "containerStatuses").Count(status => status.IsTrue("ready"))}/{pod.Items("spec", "containers").Count()}";

    private static string? Status(JsonObject pod)
    {
        if (pod.IsDeleting())
        {
            return pod.Text("status", "reason") == "NodeLost" ? "Unknown" : "Terminating";
        }

        var reason = pod.Text("status", "reason") ?? pod.Text("status", "phase");
        foreach (var container in pod.Items("status", "containerStatuses"))
        {
            if (container.Text("state", "waiting", "reason") is { Length: > 0 } waiting)
            {
                reason = waiting;
            }
            else if (container.At("state", "terminated") is { } terminated)
            {
                reason = terminated.Text("reason") ?? $"ExitCode:{terminated.Text("exitCode")}";
            }
        }

        return reason;
    }

    private static string Restarts(JsonObject pod, DateTimeOffset now)
    {
        var statuses = pod.Items("status", "containerStatuses").ToList();
        var count = statuses.Sum(status => status.Number("restartCount") ?? 0);
        var last = statuses.Max(status => status.Time("lastState", "terminated", "finishedAt"));
        return count > 0 && last is { } at ? $"{count} ({Ages.Since(at, now)} ago)" : $"{count}";
    }
}

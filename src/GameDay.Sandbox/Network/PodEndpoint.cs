using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>A pod as the network knows it.</summary>
/// <param name="Ready">Services send new connections to it: Ready and not being deleted.</param>
/// <param name="Ports">Numbers of the named container ports.</param>
public sealed record PodEndpoint(
    string Uid,
    string Namespace,
    string Name,
    IPAddress Address,
    IReadOnlyDictionary<string, string> Labels,
    bool Ready,
    IReadOnlyDictionary<string, int> Ports)
{
    /// <summary>Reads a pod object; null while it has no address or has ended.</summary>
    public static PodEndpoint? From(JsonObject pod)
    {
        if (!IPAddress.TryParse(pod.Text("status", "podIP"), out var address) || pod.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return null;
        }

        var ready = !pod.IsDeleting() && pod.Items("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True");
        return new PodEndpoint(pod.Uid(), pod.Namespace(), pod.Name(), address, pod.Labels(), ready, NamedPorts(pod));
    }

    private static Dictionary<string, int> NamedPorts(JsonObject pod)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var port in pod.Items("spec", "containers").SelectMany(c => c.Items("ports")))
        {
            if (port.Text("name") is { } name && port.Number("containerPort") is { } number)
            {
                ports[name] = number;
            }
        }

        return ports;
    }
}

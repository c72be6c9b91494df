using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Network;

/// <summary>A service as kube-proxy sees it: which pods it selects and where each of its ports leads.</summary>
public sealed record ServiceRoute(string Namespace, string Name, string? ClusterIP, PeerSelector Pods, IReadOnlyDictionary<int, string> Targets)
{
    /// <summary>Reads a service object; null without a selector, because nothing here maintains endpoints by hand.</summary>
    public static ServiceRoute? From(JsonObject service)
    {
        if (service.At("spec", "selector") is not JsonObject { Count: > 0 } selector)
        {
            return null;
        }

        var targets = new Dictionary<int, string>();
        foreach (var port in service.Items("spec", "ports"))
        {
            targets[port.Number("port") ?? 0] = port.Text("targetPort") ?? port.Text("port") ?? "";
        }

        return new ServiceRoute(service.Namespace(), service.Name(), service.Text("spec", "clusterIP"), PeerSelector.Equal(selector), targets);
    }

    public bool Selects(PodEndpoint pod) => pod.Namespace == Namespace && Pods.Matches(pod.Labels);

    /// <summary>Where a connection to one of the service's ports lands on this pod; null when the service has no such port.</summary>
    public IPEndPoint? Target(PodEndpoint pod, int port)
    {
        if (!Targets.TryGetValue(port, out var target))
        {
            return null;
        }

        return int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || pod.Ports.TryGetValue(target, out number)
            ? new IPEndPoint(pod.Address, number)
            : null;
    }
}

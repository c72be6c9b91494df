using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;

namespace GameDay.KubernetesTests.Contract;

/// <summary>The smallest workloads that a server accepts.</summary>
internal static class Workloads
{
    public static V1Deployment Deployment(string name, string @namespace, int replicas) => new()
    {
        Metadata = new() { Name = name, Namespace = @namespace, Labels = App(name) },
        Spec = Spec(name, replicas),
    };

    public static V1StatefulSet StatefulSet(string name, string @namespace, int replicas) => new()
    {
        Metadata = new() { Name = name, Namespace = @namespace, Labels = App(name) },
        Spec = Spec(name, replicas) with { ServiceName = name },
    };

    /// <summary>One pod of app=web must stay; in the version that the server has.</summary>
    public static string Budget(Version server, string name) => $$"""
        apiVersion: {{(server >= new Version(1, 21) ? "policy/v1" : "policy/v1beta1")}}
        kind: PodDisruptionBudget
        metadata: {name: {{name}} }
        spec: {minAvailable: 1, selector: {matchLabels: {app: web} } }
        """;

    private static V1WorkloadSpec Spec(string name, int replicas) => new()
    {
        Replicas = replicas,
        Selector = new() { MatchLabels = App(name) },
        Template = new() { Metadata = new() { Labels = App(name) }, Spec = new() { Containers = [TestServer.Sleeper] } },
    };

    private static Dictionary<string, string> App(string name) => new(StringComparer.Ordinal) { ["app"] = name };
}

using GameDay.Kubernetes;
using GameDay.KubernetesTests.Servers;
using Shouldly;

namespace GameDay.KubernetesTests.Contract;

/// <summary>One namespace per test, made by it; the server is whichever this run is about.</summary>
public abstract class ContractTests(ServerUnderTest server) : IAsyncLifetime
{
    protected ServerUnderTest Server { get; } = server;

    protected KubernetesClient Client => Server.Client;

    protected string Namespace { get; private set; } = "";

    public async ValueTask InitializeAsync() => Namespace = await Namespaces.MakeAsync(Server);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected V1ConfigMap Map(string name, string value = "1", params (string Key, string Value)[] labels) => new()
    {
        Metadata = new() { Name = name, Namespace = Namespace, Labels = Labels(labels) },
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = value },
    };

    protected Task<V1ConfigMap> ReadMapAsync(string name) => Client.ReadAsync<V1ConfigMap>(name, Namespace);

    /// <summary>A pod that no scheduler finds a node for, so that it is only an object, anywhere.</summary>
    protected V1Pod Waiting(string name, params (string Key, string Value)[] labels) => new()
    {
        Metadata = new() { Name = name, Namespace = Namespace, Labels = Labels(labels) },
        Spec = new() { NodeSelector = Labels([("gameday.dev/nowhere", "true")]), Containers = [new() { Name = "main", Image = TestServer.Image }] },
    };

    /// <summary>A pod that runs, or, where nobody runs pods, is said to.</summary>
    protected async Task<V1Pod> RunningAsync(string name, params (string Key, string Value)[] labels)
    {
        var pod = Waiting(name, labels);
        await Client.CreateAsync(pod with { Spec = pod.Spec! with { NodeSelector = null, Containers = [TestServer.Sleeper] } });
        await Eventually.Async(async () => (await Client.ReadAsync<V1Pod>(name, Namespace)).IsReady, $"pod {name}");
        return await Client.ReadAsync<V1Pod>(name, Namespace);
    }

    protected static async Task<KubernetesException> RefusedAsync(Task call, int code, string reason)
    {
        var refusal = await Should.ThrowAsync<KubernetesException>(() => call);
        (refusal.Code, refusal.Reason).ShouldBe((code, reason), refusal.Message);
        return refusal;
    }

    protected static Dictionary<string, string> Labels(params (string Key, string Value)[] labels) => labels.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>The running half of a sandbox without its API; the test is the scheduler.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Subnet _subnet = Subnet.Claim(null);
    private readonly string _directory = Directory.CreateTempSubdirectory("stage-").FullName;

    public Stage(string? agentPath = null)
        : this(new FakeKernel(), agentPath)
    {
    }

    /// <param name="kernel">A real stand-in, for what a fake one cannot show.</param>
    public Stage(IPodKernel kernel, string? agentPath = null)
    {
        Kernel = kernel as FakeKernel ?? new FakeKernel();
        Workloads = new Workloads(Store, _subnet, kernel, agentPath, _directory);
        Store.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop" } });
        Workloads.Start();
    }

    public ClusterStore Store { get; } = new(TimeProvider.System);

    public FakeKernel Kernel { get; }

    public Workloads Workloads { get; }

    public PodNetwork Network => Workloads.Network;

    /// <summary>Creates the services and pods of the shop, bound to nodes.</summary>
    public async Task OpenShopAsync(params string[] services)
    {
        ShopSeed.Plant(Store);
        foreach (var deployment in Store.List(ResourceTypes.Deployments, "shop").Where(d => services.Contains(d.Name())))
        {
            for (var i = 0; i < deployment.Number("spec", "replicas"); i++)
            {
                var template = deployment.At("spec", "template")!.DeepClone().AsObject();
                template.Ensure("metadata")["name"] = $"{deployment.Name()}-{i}";
                template.Ensure("metadata")["namespace"] = "shop";
                template.Ensure("spec")["nodeName"] = $"node-{(i % 6) + 1}";
                Store.Create(ResourceTypes.Pods, template);
            }
        }

        await Until.HoldsAsync(() => Pods().All(IsReady), "the shop's pods are ready");
    }

    public JsonObject AddPod(string name, string image, string ns = "shop") => Store.Create(ResourceTypes.Pods, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["labels"] = new JsonObject { ["app"] = name.Split('-')[0] } },
        ["spec"] = new JsonObject { ["nodeName"] = "node-1", ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = image }) },
    });

    public void AddAgent(string pod, string name, string image, params string[] arguments) => Store.Mutate(ResourceTypes.Pods, "shop", pod, item =>
        item.Ensure("spec").EnsureList("ephemeralContainers").Add(new JsonObject
        {
            ["name"] = name,
            ["image"] = image,
            ["args"] = new JsonArray([.. arguments.Select(a => (JsonNode)a)]),
            ["env"] = new JsonArray(new JsonObject { ["name"] = "WORD", ["value"] = "well" }),
        }));

    public JsonNode? AgentState(string pod, string name) =>
        Pod(pod).Items("status", "ephemeralContainerStatuses").FirstOrDefault(s => s.Text("name") == name).At("state");

    /// <summary>A caller that is no pod.</summary>
    public Caller Host => new(_subnet.Host, "default", PodUid: null);

    public IReadOnlyList<JsonObject> Pods() => Store.List(ResourceTypes.Pods, "shop");

    public JsonObject Pod(string name) => Store.Get(ResourceTypes.Pods, "shop", name);

    public bool Exists(string pod) => Store.Find(ResourceTypes.Pods, "shop", pod) is not null;

    public static bool IsReady(JsonObject pod) => pod.Items("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True");

    public Caller From(string pod) => Network.Topology.Pod(Pod(pod).Uid()) is { } at ? new Caller(at.Address, at.Namespace, at.Uid) : throw new InvalidOperationException(pod);

    /// <summary>Runs a command in a pod and returns its exit code and both outputs.</summary>
    public async Task<(int Code, string Output)> ExecAsync(string pod, string container, params string[] command)
    {
        using var output = new MemoryStream();
        var code = await Workloads.PodRuntime.ExecAsync("shop", pod, container, command, Stream.Null, output, output, CancellationToken.None);
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await Workloads.DisposeAsync();
        _subnet.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Shop.Keys;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Shop;

/// <summary>Puts the shop into the store, as applying its manifests would.</summary>
public static class ShopSeed
{
    public const string Namespace = "shop";
    private const string Primary = "store";
    private const string Replica = "store-replica";
    private const int Port = 8080;
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease", "gameday", Namespace];

    private static readonly (string Service, int Replicas, string Calls)[] Services =
    [
        ("storefront", 3, "checkout,catalogue"),
        ("checkout", 3, "cart,payments"),
        ("cart", 3, "store"),
        ("payments", 2, ""),
        ("catalogue", 2, ""),
        ("store", 1, ""),
        (Replica, 1, "store"),
        ("load", 1, "storefront"),
    ];

    /// <summary>Creates what is not there yet.</summary>
    public static void Plant(ClusterStore store)
    {
        foreach (var name in Namespaces.Where(name => store.Find(ResourceTypes.Namespaces, null, name) is null))
        {
            store.Create(ResourceTypes.Namespaces, NamespaceOf(name));
        }

        foreach (var (service, replicas, calls) in Services.Where(s => store.Find(ResourceTypes.Deployments, Namespace, s.Service) is null))
        {
            store.Create(ResourceTypes.Services, ServiceOf(service));
            store.Create(ResourceTypes.Deployments, DeploymentOf(service, replicas, calls));
        }

        foreach (var guarded in new[] { "storefront", "checkout" }.Where(name => store.Find(ResourceTypes.PodDisruptionBudgets, Namespace, name) is null))
        {
            store.Create(ResourceTypes.PodDisruptionBudgets, BudgetOf(guarded));
        }
    }

    private static JsonObject NamespaceOf(string name)
    {
        var labels = new JsonObject { ["kubernetes.io/metadata.name"] = name };
        if (name == Namespace)
        {
            // Network faults add NET_ADMIN to a pod, which lesser levels refuse.
            labels["pod-security.kubernetes.io/enforce"] = "privileged";
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels },
            ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
            ["status"] = new JsonObject { ["phase"] = "Active" },
        };
    }

    private static JsonObject ServiceOf(string name) => new()
    {
        ["metadata"] = Annotated(Metadata(name)),
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["app"] = name },
            ["ports"] = IsStore(name) ? new JsonArray(ServicePort("http", 80), ServicePort("redis", KeyStore.Port)) : new JsonArray(ServicePort("http", 80)),
        },
    };

    private static JsonObject DeploymentOf(string name, int replicas, string calls) => new()
    {
        ["metadata"] = Metadata(name),
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["labels"] = Labels(name),
                    ["annotations"] = new JsonObject { ["prometheus.io/scrape"] = "true", ["prometheus.io/port"] = "8080", ["gameday.dev/calls"] = calls },
                },
                ["spec"] = PodSpec(name),
            },
        },
    };

    private static JsonObject PodSpec(string name)
    {
        var container = Container(name);
        if (name == Replica)
        {
            container["args"] = new JsonArray("--replicaof", Primary, $"{KeyStore.Port}");
        }

        var spec = new JsonObject
        {
            ["containers"] = new JsonArray(container),
            ["terminationGracePeriodSeconds"] = 10,
        };
        if (name == Primary)
        {
            spec["volumes"] = new JsonArray(new JsonObject { ["name"] = "data", ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = "store-data" } });
        }

        return spec;
    }

    private static JsonObject Container(string name) => new()
    {
        ["name"] = name,
        ["image"] = $"gameday/shop-{(IsStore(name) ? Primary : name)}:1",
        ["ports"] = IsStore(name) ? new JsonArray(ContainerPort("http", Port), ContainerPort("redis", KeyStore.Port)) : new JsonArray(ContainerPort("http", Port)),
        ["env"] = new JsonArray(new JsonObject { ["name"] = "SERVICE", ["value"] = name }),
        ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "64Mi" } },
        ["readinessProbe"] = Probe(periodSeconds: 2, failureThreshold: 2),
        ["livenessProbe"] = Probe(periodSeconds: 10, failureThreshold: 3),
    };

    private static bool IsStore(string name) => name is Primary or Replica;

    private static JsonObject ServicePort(string name, int port) => new() { ["name"] = name, ["port"] = port, ["targetPort"] = name, ["protocol"] = "TCP" };

    private static JsonObject ContainerPort(string name, int port) => new() { ["name"] = name, ["containerPort"] = port, ["protocol"] = "TCP" };

    private static JsonObject Probe(int periodSeconds, int failureThreshold) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = "/healthz", ["port"] = "http" },
        ["periodSeconds"] = periodSeconds,
        ["failureThreshold"] = failureThreshold,
        ["timeoutSeconds"] = 1,
    };

    private static JsonObject BudgetOf(string name) => new()
    {
        ["metadata"] = Metadata(name),
        ["spec"] = new JsonObject { ["minAvailable"] = 2, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } } },
    };

    private static JsonObject Metadata(string name) => new() { ["name"] = name, ["namespace"] = Namespace, ["labels"] = Labels(name) };

    private static JsonObject Annotated(JsonObject metadata)
    {
        metadata["annotations"] = new JsonObject { ["prometheus.io/scrape"] = "true" };
        return metadata;
    }

    private static JsonObject Labels(string name) => new() { ["app"] = name, ["app.kubernetes.io/name"] = name, ["app.kubernetes.io/part-of"] = "shop" };
}

using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Shop;

/// <summary>Puts the shop into the store, as applying its manifests would.</summary>
public static class ShopSeed
{
    public const string Namespace = "shop";
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
        ["metadata"] = Metadata(name),
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["app"] = name },
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["targetPort"] = "http", ["protocol"] = "TCP" }),
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
        var spec = new JsonObject
        {
            ["containers"] = new JsonArray(Container(name)),
            ["terminationGracePeriodSeconds"] = 10,
        };
        if (name == "store")
        {
            spec["volumes"] = new JsonArray(new JsonObject { ["name"] = "data", ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = "store-data" } });
        }

        return spec;
    }

    private static JsonObject Container(string name) => new()
    {
        ["name"] = name,
        ["image"] = $"gameday/shop-{name}:1",
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["containerPort"] = Port }),
        ["env"] = new JsonArray(new JsonObject { ["name"] = "SERVICE", ["value"] = name }),
        ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "64Mi" } },
        ["readinessProbe"] = Probe(periodSeconds: 2, failureThreshold: 2),
        ["livenessProbe"] = Probe(periodSeconds: 10, failureThreshold: 3),
    };

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

    private static JsonObject Labels(string name) => new() { ["app"] = name, ["app.kubernetes.io/name"] = name, ["app.kubernetes.io/part-of"] = "shop" };
}

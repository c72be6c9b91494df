using static GameDay.Web.ExerciseFiles.Shapes.FieldType;

namespace GameDay.Web.ExerciseFiles.Shapes;

/// <summary>Probes: exactly one of the three sources each.</summary>
internal static class ProbeShape
{
    public static Shape Probe => new("probe",
    [
        new("name", Text, "Short name, unique in its experiment; abort conditions refer to it.") { Required = true, Min = 1, Max = 100 },
        new("question", Text, "What the reading answers, in a person's words: \"Do checkouts succeed?\"") { Required = true, Min = 1, Max = 200 },
        new("unit", Text, "Shown after the reading: %, ms, pods. % stands in quotes.") { Max = 20 },
        new("every", Duration, "Time between readings.") { Min = 0.1, Max = 300, Default = "1s" },
        new("tolerance", FieldType.Object, "Readings within it are steady state.") { Required = true, Shape = Tolerance },
        new("http", FieldType.Object, "Asks over HTTP, through the cluster's service proxy or straight.") { Shape = Http },
        new("kubernetes", FieldType.Object, "Counts a deployment's ready pods.") { Shape = Kubernetes },
        new("promql", FieldType.Object, "Asks Prometheus.") { Shape = Promql },
    ]) { ExactlyOne = ["http", "kubernetes", "promql"] };

    private static readonly Shape Tolerance = new("tolerance",
    [
        new("min", Number, "Smallest good reading, itself included."),
        new("max", Number, "Largest good reading, itself included."),
    ]) { AtLeastOne = ["min", "max"] };

    private static readonly Shape Http = new("http",
    [
        new("service", Text, "A service of the cluster, asked through the API server's proxy: storefront.shop:80.")
        { Form = (@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?:[a-z0-9-]{1,15}$", "name.namespace:port, e.g. storefront.shop:80") },
        new("url", Text, "An absolute address, when the system is not a service of the cluster.") { Form = (@"^https?://[^\s/?#]+[^\s]*$", "an address that begins with http:// or https://") },
        new("path", Text, "Path and query below the service.") { Form = (@"^/[^\s]*$", "a path that begins with /"), Default = "/" },
        new("measure", Choice, "success: percent of answers with the expected status. latency: 95th percentile in ms. value: the number that the answer consists of; anything else is no data.") { Required = true, Allowed = ["success", "latency", "value"] },
        new("expectStatus", Whole, "The good answer.") { Min = 100, Max = 599, Default = "200" },
        new("requests", Whole, "Requests per reading.") { Min = 1, Max = 20, Default = "3" },
        new("timeout", Duration, "Per request; slower counts as failed.") { Min = 0.05, Max = 60, Default = "2s" },
        new("window", Duration, "Readings of this long are taken together.") { Min = 0, Max = 600, Default = "5s" },
    ]) { ExactlyOne = ["service", "url"] };

    private static readonly Shape Kubernetes = new("kubernetes",
    [
        new("measure", Choice, "readyPods: how many are ready. readyPercent: of the wanted replicas.") { Required = true, Allowed = ["readyPods", "readyPercent"] },
        new("namespace", Text, "Where the deployment is.") { Required = true, Form = ExerciseShape.DnsLabel },
        new("deployment", Text, "The deployment's name.") { Required = true, Form = ExerciseShape.DnsLabel },
    ]);

    private static readonly Shape Promql = new("promql",
    [
        new("query", Text, "A PromQL expression that yields one number.") { Required = true, Min = 1, Max = 4000 },
    ]);
}

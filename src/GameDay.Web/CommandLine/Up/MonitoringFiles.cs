using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GameDay.Kubernetes;

namespace GameDay.Web.CommandLine.Up;

/// <summary>What Prometheus and Alertmanager read: made from <c>eng/monitoring/</c> and the sandbox's kubeconfig, at each start.</summary>
/// <param name="Prometheus">Where it is to listen: <c>127.0.0.1:port</c>.</param>
/// <param name="KnowsKubernetes">False: that build left Kubernetes out, as Debian's does, and hears from the sandbox over HTTP what it would have found.</param>
public sealed partial record MonitoringFiles(string Home, string Prometheus, string Alertmanager, bool KnowsKubernetes)
{
    private const string HttpDiscovery = """
        http_sd_configs: [{url: "https://{server}/sandbox/prometheus/${role}", refresh_interval: 1s, authorization: {type: Bearer, credentials_file: "{token}"}, tls_config: {ca_file: "{authority}"}}]
        """;

    public string PrometheusConfig => Path.Combine(Home, "prometheus.yml");

    public string AlertmanagerConfig => Path.Combine(Home, "alertmanager.yml");

    public string Data(string program) => Path.Combine(Home, program);

    public static MonitoringFiles Write(Layout layout, int prometheus, int alertmanager, bool knowsKubernetes)
    {
        var files = new MonitoringFiles(Path.Combine(layout.State, "monitoring"), At(prometheus), At(alertmanager), knowsKubernetes);
        if (Directory.Exists(files.Home)) Directory.Delete(files.Home, recursive: true);
        Directory.CreateDirectory(files.Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        files.WriteAll(layout);
        return files;
    }

    private void WriteAll(Layout layout)
    {
        var source = Path.Combine(layout.Root, "eng/monitoring");
        var rules = Path.Combine(Home, "shop.rules.yml");
        var (token, authority) = (Path.Combine(Home, "token"), Path.Combine(Home, "ca.crt"));
        var sandbox = KubeConfig.Load(layout.SandboxKubeconfig);
        var cluster = sandbox.Clusters[0].Cluster;
        File.WriteAllText(token, sandbox.Users[0].User.Token);
        File.WriteAllBytes(authority, Convert.FromBase64String(cluster.CertificateAuthorityData!));
        File.Copy(Path.Combine(source, "shop.rules.yml"), rules);
        File.Copy(Path.Combine(source, "alertmanager.yml"), AlertmanagerConfig);
        var template = File.ReadAllText(Path.Combine(source, "prometheus.yml"));
        var config = new StringBuilder(KnowsKubernetes ? template : KubernetesDiscovery().Replace(template, HttpDiscovery))
            .Replace("{kubeconfig}", layout.SandboxKubeconfig).Replace("{rules}", rules).Replace("{alertmanager}", Alertmanager)
            .Replace("{token}", token).Replace("{authority}", authority).Replace("{server}", new Uri(cluster.Server!).Authority);
        File.WriteAllText(PrometheusConfig, config.ToString());
    }

    [GeneratedRegex(@"kubernetes_sd_configs: \[\{role: (?<role>\w+)[^}]*\}[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KubernetesDiscovery();

    private static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}

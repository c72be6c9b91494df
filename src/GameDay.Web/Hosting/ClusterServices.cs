using GameDay.Domain.Plugins;
using GameDay.Faults;
using GameDay.Faults.Probes;
using GameDay.Integrations;
using Npgsql;

namespace GameDay.Web.Hosting;

/// <summary>Clusters, faults, probes and vendors, by hand and one line each.</summary>
public static class ClusterServices
{
    public static IServiceCollection AddClusters(this IServiceCollection services, WebOptions options) => services
        .AddSingleton<IReadOnlyList<ClusterSource>>(sp => [.. options.Clusters.Select(c => SourceOf(c, sp.GetRequiredService<IConfiguration>()))])
        .AddSingleton(sp => OptionsOf(sp.GetRequiredService<IConfiguration>().GetSection("Faults")) with { InstallationId = InstallationRow.Read(sp.GetRequiredService<NpgsqlDataSource>()) })
        .AddFaults()
        .AddEveryFault()
        .AddKinds()
        .AddSingleton<IProbeSource, WorkloadProbe>()
        .AddSingleton<IProbeSource>(sp => new HttpServiceProbe(sp.GetRequiredService<ClusterConnections>(), ProbeClient()));

    private static ClusterSource SourceOf(NamedCluster cluster, IConfiguration configuration)
    {
        var source = new ClusterSource(cluster.Name, cluster.IsSandbox, cluster.Kubeconfig, cluster.Context);
        return source with { Rate = RateConfiguration.Read(configuration, cluster.Name, source.Rate) };
    }

    /// <summary>The kinds as data, which every part may read.</summary>
    public static IServiceCollection AddKinds(this IServiceCollection services) =>
        services.AddSingleton<IReadOnlyList<FaultKind>>(sp => [.. sp.GetServices<IFault>().Select(f => f.Kind)]);

    /// <summary>Keys <c>Faults:Namespace</c>, <c>Faults:AgentImage</c>, <c>Faults:SweepNamespaces</c> (separated by commas); the defaults are those of <see cref="FaultOptions"/>.</summary>
    private static FaultOptions OptionsOf(IConfiguration section)
    {
        var standard = new FaultOptions { InstallationId = "" };
        return standard with
        {
            Namespace = section["Namespace"] ?? standard.Namespace,
            AgentImage = section["AgentImage"] ?? standard.AgentImage,
            SweepNamespaces = section["SweepNamespaces"]?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? standard.SweepNamespaces,
        };
    }

    public static IServiceCollection AddVendors(this IServiceCollection services, IConfiguration configuration) => services.AddGameDayIntegrations(configuration);

    // A new connection's cost belongs to the reading only when the probed system makes it so; idle ones are dropped soon.
    private static HttpClient ProbeClient() => new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15), AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
}

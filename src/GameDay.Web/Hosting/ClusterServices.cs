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
        .AddSingleton<IReadOnlyList<ClusterSource>>([.. options.Clusters.Select(c => new ClusterSource(c.Name, c.IsSandbox, c.Kubeconfig, c.Context))])
        .AddSingleton(sp => new FaultOptions { InstallationId = InstallationRow.Read(sp.GetRequiredService<NpgsqlDataSource>()) })
        .AddFaults()
        .AddEveryFault()
        .AddSingleton<IReadOnlyList<FaultKind>>(sp => [.. sp.GetServices<IFault>().Select(f => f.Kind)])
        .AddSingleton<IProbeSource, WorkloadProbe>()
        .AddSingleton<IProbeSource>(sp => new HttpServiceProbe(sp.GetRequiredService<ClusterConnections>(), ProbeClient()));

    public static IServiceCollection AddVendors(this IServiceCollection services, IConfiguration configuration) => services.AddGameDayIntegrations(configuration);

    // A new connection's cost belongs to the reading only when the probed system makes it so; idle ones are dropped soon.
    private static HttpClient ProbeClient() => new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15), AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
}

using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>The seeded store and the cluster's controllers, one line each.</summary>
internal static class ControllerServices
{
    public static IServiceCollection AddClusterControllers(this IServiceCollection services) => services
        .AddSingleton(Seeded)
        .AddSingleton<ServiceAddresses>()
        .AddController<NamespaceController>()
        .AddController<DeploymentController>()
        .AddController<ReplicaSetController>()
        .AddController<StatefulSetController>()
        .AddController<Scheduler>()
        .AddController<CordonTaints>()
        .AddController<TaintEviction>()
        .AddController<EndpointsController>()
        .AddController<DisruptionController>()
        .AddController<RoleAggregation>()
        .AddController<GarbageCollector>()
        .AddHostedService<EventExpiry>();

    private static ClusterStore Seeded(IServiceProvider services)
    {
        var store = new ClusterStore(services.GetRequiredService<TimeProvider>());
        ClusterSeed.Plant(store, services.GetRequiredService<SandboxOptions>());
        return store;
    }

    private static IServiceCollection AddController<TController>(this IServiceCollection services)
        where TController : class, IController =>
        services.AddSingleton<TController>().AddHostedService<ControlLoop<TController>>();
}

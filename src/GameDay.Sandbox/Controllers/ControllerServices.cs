namespace GameDay.Sandbox.Controllers;

/// <summary>The cluster's controllers, one line each.</summary>
internal static class ControllerServices
{
    public static IServiceCollection AddClusterControllers(this IServiceCollection services) => services
        .AddSingleton<ServiceAddresses>();

    private static IServiceCollection AddController<TController>(this IServiceCollection services)
        where TController : class, IController =>
        services.AddSingleton<TController>().AddHostedService<ControlLoop<TController>>();
}

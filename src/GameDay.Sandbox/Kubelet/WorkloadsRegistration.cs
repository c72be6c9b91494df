using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Shop;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Kubelet;

/// <summary>Adds kubelets, pod network and shop to the sandbox.</summary>
public static class WorkloadsRegistration
{
    public static IServiceCollection AddWorkloads(this IServiceCollection services, Subnet subnet) => services
        .AddSingleton(subnet)
        .AddSingleton<PodKernels>(s => new PodKernels(s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<PodKernels>>()) { Gateway = subnet.Host })
        .AddSingleton(Compose)
        .AddSingleton<IUsageMeter>(s => new UsageMeter(s.GetRequiredService<Workloads>().Kubelets, s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IPodRuntime>(s => s.GetRequiredService<Workloads>().PodRuntime)
        .AddHostedService<WorkloadsHost>();

    private static Workloads Compose(IServiceProvider services)
    {
        var options = services.GetRequiredService<SandboxOptions>();
        var kernels = services.GetRequiredService<PodKernels>();
        var workloads = new Workloads(
            services.GetRequiredService<ClusterStore>(), services.GetRequiredService<Subnet>(), kernels, options.AgentPath, Path.Combine(options.DataDirectory, "agents"));
        kernels.Dial = workloads.DialAsync;
        kernels.Processes = new PodProcesses(workloads.Kubelets);
        return workloads;
    }

    private sealed class WorkloadsHost(ClusterStore store, Workloads workloads) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ShopSeed.Plant(store);
            workloads.Start();
            return Task.CompletedTask;
        }

        // Agents are processes of their own: they end before the sandbox does.
        public Task StopAsync(CancellationToken cancellationToken) => workloads.DisposeAsync().AsTask();
    }
}

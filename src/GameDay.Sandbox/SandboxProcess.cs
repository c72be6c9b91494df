using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Network;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox;

/// <summary>The process: parse, start, wait for the shop, say so, run until told to stop.</summary>
internal static class SandboxProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandLine.Parse(args, out var wrong) is not { } options)
        {
            await Console.Error.WriteLineAsync(wrong);
            return 2;
        }

        try
        {
            using var subnet = Subnet.Claim(options.Subnet);
            return await RunAsync(options with { Subnet = $"127.{subnet.Second}" }, subnet);
        }
        catch (SubnetTaken taken)
        {
            await Console.Error.WriteLineAsync($"sandbox: {taken.Message}");
            return 3;
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"sandbox: cannot listen on 127.0.0.1:{options.Port}: {taken.Message}");
            return 3;
        }
    }

    private static async Task<int> RunAsync(SandboxOptions options, Subnet subnet)
    {
        await using var app = SandboxHost.Build(options, services => services.AddWorkloads(subnet));
        await app.StartAsync();
        await SandboxHost.WriteKubeconfigAsync(app, CancellationToken.None);
        if (options.ExitWithParent) _ = StopWhenInputClosesAsync(app.Lifetime);
        await AnnounceAsync(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task StopWhenInputClosesAsync(IHostApplicationLifetime lifetime)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await input.ReadToEndAsync();
        lifetime.StopApplication();
    }

    private static async Task AnnounceAsync(WebApplication app)
    {
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        limit.CancelAfter(StartLimit);
        try
        {
            await Readiness.DeploymentsAvailableAsync(app.Services.GetRequiredService<ClusterStore>(), limit.Token);
            Console.WriteLine($"sandbox ready https://127.0.0.1:{SandboxHost.PortOf(app)}");
        }
        catch (OperationCanceledException) when (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"sandbox: not all deployments became available within {StartLimit.TotalSeconds} s");
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("sandbox: stopped before it was ready");
        }
    }
}

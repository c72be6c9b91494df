using System.Net;
using GameDay.Sandbox.Api;
using GameDay.Sandbox.Api.Clock;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Controllers;
using GameDay.Sandbox.Kernel;
using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Store;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GameDay.Sandbox;

/// <summary>Puts the sandbox together: store, API server, controllers, and what the caller adds (kubelet, shop).</summary>
public static class SandboxHost
{
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    /// <param name="addPods">Registers the kubelet (an <see cref="IPodRuntime"/>) and what runs in the cluster.</param>
    public static WebApplication Build(SandboxOptions options, Action<IServiceCollection> addPods)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = "GameDay.Sandbox" });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var certificate = LoopbackCertificate.Create(TimeProvider.System.GetUtcNow());
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services
            .AddRouting()
            .AddSingleton(options)
            .AddSingleton(certificate)
            .AddSingleton(new ServerClock(TimeProvider.System))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ServerClock>())
            .AddClusterControllers()
            .AddKubernetesApi();
        addPods(builder.Services);
        var app = builder.Build();
        if (app.Services.GetService<PodKernels>() is not null)
        {
            app.MapPodKernels();
            app.MapWorkloadControls();
        }

        app.UseKubernetesApi();
        return app;
    }

    /// <summary>The API's port on 127.0.0.1, known once the app has started.</summary>
    public static int PortOf(WebApplication app) => new Uri(app.Urls.First()).Port;

    /// <summary>Writes DIR/sandbox.kubeconfig for the started app and returns its path.</summary>
    public static Task<string> WriteKubeconfigAsync(WebApplication app, CancellationToken cancellationToken) => Kubeconfig.WriteAsync(
        app.Services.GetRequiredService<SandboxOptions>().DataDirectory,
        PortOf(app),
        app.Services.GetRequiredService<LoopbackCertificate>(),
        app.Services.GetRequiredService<AdminToken>(),
        cancellationToken);

    private static void Listen(KestrelServerOptions kestrel, SandboxOptions options, LoopbackCertificate certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 3 * 1024 * 1024;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttps(certificate.Server));
    }
}

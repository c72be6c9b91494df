using GameDay.Web.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GameDay.Benchmarks.Plants;

/// <summary>The product's own app, composed by its own host, with its clock wrong or one service replaced by one with a planted defect.</summary>
internal static class HostApp
{
    public static async Task<int> RunAsync(WebOptions options, string? plant, TimeSpan clock, CancellationToken ct)
    {
        await using var app = WebHost.Build(options, null, services =>
        {
            if (clock != TimeSpan.Zero) services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new WrongClock(clock)));
            if (plant is not null) AppPlants.All[plant](services);
        });
        _ = StopWhenInputClosesAsync(app.Lifetime);
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static async Task StopWhenInputClosesAsync(IHostApplicationLifetime lifetime)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await input.ReadToEndAsync();
        lifetime.StopApplication();
    }
}

/// <summary>Tells another time of day; its timers and its monotonic clock are right.</summary>
internal sealed class WrongClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}

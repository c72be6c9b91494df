using GameDay.Domain.Plugins;
using GameDay.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace GameDay.UnitTests.Faults;

/// <summary>Every kind that app and reaper know, without a cluster behind it.</summary>
public static class RegisteredKinds
{
    public static IReadOnlyList<IFault> Faults { get; } = [.. new ServiceCollection()
        .AddSingleton<IReadOnlyList<ClusterSource>>([]).AddSingleton(TimeProvider.System).AddSingleton(new FaultOptions { InstallationId = "tests" })
        .AddFaults().AddEveryFault().BuildServiceProvider().GetServices<IFault>()];

    public static IReadOnlyList<FaultKind> All { get; } = [.. Faults.Select(fault => fault.Kind)];
}

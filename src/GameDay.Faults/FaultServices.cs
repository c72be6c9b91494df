using GameDay.Domain.Plugins;
using GameDay.Faults.Agents;
using GameDay.Faults.Surroundings;
using Microsoft.Extensions.DependencyInjection;

namespace GameDay.Faults;

/// <summary>Registers faults by hand, one line each: a list that can be read.</summary>
public static class FaultServices
{
    /// <summary>Clusters, targets and ledger. Needs <see cref="FaultOptions"/>, the list of <see cref="ClusterSource"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services) => services
        .AddSingleton<ClusterConnections>()
        .AddSingleton<IClusters>(provider => provider.GetRequiredService<ClusterConnections>())
        .AddSingleton<ITargets, Targets>()
        .AddSingleton<LedgerSweep>()
        .AddSingleton<ILedger>(provider => new UrgentLedger(ActivatorUtilities.CreateInstance<Ledger>(provider)))
        .AddSingleton<IRunBeat, RunBeat>()
        .AddSingleton<IReapers, Reapers>()
        .AddSingleton<ISurroundings, ClusterSurroundings>()
        .AddSingleton<IOtherWriters, OtherWriters>()
        .AddSingleton<INodeRehearsals, NodeRehearsals>();

    /// <summary>All kinds there are, for the app and for the reaper alike: a fault that one can begin, the other can end.</summary>
    public static IServiceCollection AddEveryFault(this IServiceCollection services) => services
        .AddFault<PodKill>()
        .AddFault<ProcessKill>()
        .AddFault<ProcessPause>()
        .AddFault<NetworkLatency>()
        .AddFault<NetworkPartition>()
        .AddFault<NetworkLoss>()
        .AddFault<NetworkBandwidth>()
        .AddFault<DependencyOutage>()
        .AddFault<NodeDrain>()
        .AddFault<ZoneOutage>();

    public static IServiceCollection AddFault<T>(this IServiceCollection services)
        where T : class, IFault =>
        services.AddSingleton<IFault>(provider => UrgentUndo.Of(ActivatorUtilities.CreateInstance<T>(provider)));
}

using GameDay.Domain.Plugins;
using GameDay.Engine.Control;
using GameDay.Web.Features.Exercises;
using MediatR;

namespace GameDay.Benchmarks.Plants;

/// <summary>Planted defects of the app, by name. None of this is product code: each replaces one service of the product's own host.</summary>
internal static class AppPlants
{
    public static readonly IReadOnlyDictionary<string, Action<IServiceCollection>> All = new Dictionary<string, Action<IServiceCollection>>(StringComparer.Ordinal)
    {
        ["verify-always-true"] = s => s.Around<IFault>((_, fault) => new VerifiesNothing(fault)),
        ["entry-after-inject"] = s =>
        {
            s.AddSingleton<LateClaims>();
            s.Around<ILedger>((p, ledger) => new LedgerAfterInject(ledger, p.GetRequiredService<LateClaims>()));
            s.Around<IFault>((p, fault) => new InjectsBeforeEntry(fault, p.GetRequiredService<LateClaims>()));
        },
        ["entry-deleted-at-revert"] = s => s.Around<ILedger>((p, ledger) => new LedgerForgets(ledger, p.GetRequiredService<GameDay.Faults.ClusterConnections>())),
        ["inject-again-after-reap"] = s => s.Around<IFault>((_, fault) => new InjectsAgain(fault)),
        ["late-post"] = s => s.Around<IFault>((_, fault) => new PostsLate(fault)),
        ["undo-without-compare"] = s => s.Around<IFault>((p, fault) => new UndoesBlindly(fault, p.GetRequiredService<GameDay.Faults.ClusterConnections>())),
        ["beat-without-database"] = s => s.Around<IRunBeat>((_, beat) => new BeatsBlindly(beat)),
        ["abort-waits-for-loop"] = s => s.AddScoped<AbortExercise.Handler>().AddScoped<IRequestHandler<AbortExercise.Command, AbortExercise.Answer>, AbortsLater>(),
    };

    /// <summary>Puts something around every registered <typeparamref name="T"/>.</summary>
    private static void Around<T>(this IServiceCollection services, Func<IServiceProvider, T, T> around) where T : class
    {
        foreach (var inner in services.Where(d => d.ServiceType == typeof(T)).ToList())
        {
            services.Remove(inner);
            services.AddSingleton(p => around(p, Make<T>(p, inner)));
        }
    }

    private static T Make<T>(IServiceProvider p, ServiceDescriptor d) =>
        (T)(d.ImplementationInstance ?? d.ImplementationFactory?.Invoke(p) ?? ActivatorUtilities.CreateInstance(p, d.ImplementationType!));
}

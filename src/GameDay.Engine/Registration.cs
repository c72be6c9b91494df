using GameDay.Data;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Engine.Control;
using GameDay.Engine.Leases;
using GameDay.Engine.Live;
using GameDay.Engine.Outbox;
using GameDay.Engine.Probes;
using GameDay.Engine.Runs;
using GameDay.Engine.Schedule;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace GameDay.Engine;

public static class Registration
{
    /// <summary>
    /// Registers <see cref="RunControl"/>, <see cref="ExerciseControl"/>, <see cref="HaltSwitch"/>, <see cref="LiveFeed"/> and the hosted services.
    /// Needs <c>AddGameDayData</c> and the ports <see cref="IFault"/>, <see cref="ILedger"/>, <see cref="IRunBeat"/>, <see cref="ITargets"/>, <see cref="IProbeSource"/> and <see cref="IClusters"/>.
    /// </summary>
    public static IServiceCollection AddGameDayEngine(this IServiceCollection services, EngineOptions? options = null)
    {
        options ??= new EngineOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Limits.None);
        services.AddSingleton(options);
        services.TryAddSingleton<IAbortSignal, AtOnce>();
        return services.AddLive().AddRuns().AddControl().AddOutbox().AddSchedule(options);
    }

    private static IServiceCollection AddLive(this IServiceCollection services) =>
        services.AddSingleton<LiveFeed>().AddHostedService(s => s.GetRequiredService<LiveFeed>());

    private static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<Faults>().AddSingleton<RunClaims>().AddSingleton<OwnedRuns>().AddSingleton<Journal>().AddSingleton<SampleWriter>().AddSingleton<Recorder>()
        .AddSingleton<Beat>().AddSingleton<AlertWatch>().AddSingleton<ClusterWatch>().AddSingleton<JustReleased>().AddSingleton<Armed>().AddSingleton<Baseline>().AddSingleton<RampLook>().AddSingleton<Sending>().AddSingleton<Injecting>().AddSingleton<Observing>().AddSingleton<Reverter>().AddSingleton<Reverting>()
        .AddSingleton<Leaked>().AddSingleton<Recovering>().AddSingleton<RideOut>().AddSingleton<TakeOver>().AddSingleton<RunJourney>()
        .AddSingleton<Runner>().AddHostedService(s => s.GetRequiredService<Runner>());

    private static IServiceCollection AddControl(this IServiceCollection services) => services
        .AddSingleton<CalendarFacts>().AddSingleton<DryRuns>().AddSingleton<ClusterFacts>().AddSingleton<FreshReadings>().AddSingleton<Facts>().AddSingleton<ForeignRevert>().AddSingleton<Aborting>().AddSingleton<SteadyWatches>()
        .AddSingleton(s => new RunControl(Databases(s), s.Get<Facts>(), s.Get<Faults>(), s.Get<Aborting>(), s.Get<OwnedRuns>(), s.Get<Runner>(), s.Get<TimeProvider>()))
        .AddSingleton(s => new ExerciseControl(Databases(s), s.Get<ILedger>(), s.Get<SteadyWatches>(), s.Get<TimeProvider>()))
        .AddSingleton(s => new HaltSwitch(Databases(s), s.Get<Aborting>(), s.Get<OwnedRuns>(), s.Get<ILedger>(), s.Get<IClusters>(), s.Get<TimeProvider>(), s.Get<ILogger<HaltSwitch>>()))
        .AddHostedService<Conductor>();

    private static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxClaims>().AddSingleton<NoticeSender>().AddSingleton<IssueFiler>().AddHostedService<OutboxWorker>();

    private static IServiceCollection AddSchedule(this IServiceCollection services, EngineOptions options)
    {
        if (!options.Schedule) return services;
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o => { o.InstanceName = "gameday"; o.GenerateInstanceId = true; });
            q.UseDefaultThreadPool(4);
            q.UsePersistentStore(s =>
            {
                s.UsePostgres(o => o.UseRegisteredDataSource = true);
                s.UseSystemTextJsonSerializer();
                s.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                s.UseClustering(c => { c.CheckinInterval = TimeSpan.FromSeconds(2); c.CheckinMisfireThreshold = TimeSpan.FromSeconds(5); });
            });
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services.AddHostedService<Planner>();
    }

    private static T Get<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static IDbContextFactory<GameDayDbContext> Databases(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<GameDayDbContext>>();
}

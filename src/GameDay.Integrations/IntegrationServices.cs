using GameDay.Domain.Plugins;
using GameDay.Integrations.Alertmanager;
using GameDay.Integrations.GitHub;
using GameDay.Integrations.Prometheus;
using GameDay.Integrations.Redmine;
using GameDay.Integrations.Slack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GameDay.Integrations;

/// <summary>All vendors, one line each.</summary>
public static class IntegrationServices
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddGameDayIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Section<SlackOptions>(configuration, "Slack")).AddSingleton(Section<GitHubOptions>(configuration, "GitHub"));
        services.AddSingleton(Section<RedmineOptions>(configuration, "Redmine")).AddSingleton(Section<PrometheusOptions>(configuration, "Prometheus"));
        services.AddSingleton(Section<AlertmanagerOptions>(configuration, "Alertmanager"));
        services.AddSingleton<IAlertSource>(sp => new AlertmanagerAlerts(Http(), sp.GetRequiredService<AlertmanagerOptions>()));
        services.AddSingleton<INotifier>(sp => new SlackNotifier(Http(), sp.GetRequiredService<SlackOptions>()));
        services.AddSingleton<ITracker>(sp => new GitHubTracker(Http(), sp.GetRequiredService<GitHubOptions>()));
        services.AddSingleton<ITracker>(sp => new RedmineTracker(Http(), sp.GetRequiredService<RedmineOptions>()));
        services.AddSingleton<IProbeSource>(sp => new PrometheusProbe(Http(), sp.GetRequiredService<PrometheusOptions>()));
        return services;
    }

    private static T Section<T>(IConfiguration configuration, string name) where T : new() => configuration.GetSection(name).Get<T>() ?? new T();

    // Lives as long as the process; connections are renewed so that a changed DNS answer is followed.
    private static HttpClient Http() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false }) { Timeout = Patience };
}

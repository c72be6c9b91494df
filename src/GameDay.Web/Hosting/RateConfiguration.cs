using System.Globalization;
using GameDay.Domain;
using GameDay.Faults;

namespace GameDay.Web.Hosting;

/// <summary>Reads <c>Clusters:NAME:Qps</c> and <c>Clusters:NAME:Burst</c>; a wrong value stops the start and names its key.</summary>
public static class RateConfiguration
{
    private const double Most = 100_000;

    public static ClusterRate Read(IConfiguration configuration, string cluster, ClusterRate standard)
    {
        var section = configuration.GetSection("Clusters").GetSection(cluster);
        var qps = Number(section, "Qps", least: 0) ?? standard.Qps;
        var burst = Number(section, "Burst", least: 1) ?? (standard.Burst > 0 ? standard.Burst : new ClusterRate().Burst);
        return new(qps, (int)burst);
    }

    private static double? Number(IConfigurationSection section, string key, double least)
    {
        if (section[key] is not { Length: > 0 } text) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= Most ? number
            : throw new RuleBroken("BadConfiguration", $"The configuration key {section.Path}:{key} is '{text}'; it has to be a number from {least} to {Most}{(least == 0 ? ", 0 for no limit" : "")}.");
    }
}

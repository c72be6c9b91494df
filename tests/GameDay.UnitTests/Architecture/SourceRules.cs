using System.Text.RegularExpressions;

namespace GameDay.UnitTests.Architecture;

/// <summary>Rules that are about who names whom in the text of the code. Each answers null when kept, else what is wrong.</summary>
public static partial class SourceRules
{
    private static readonly string[] Vendors = ["Slack", "GitHub", "Redmine", "Prometheus", "Email", "Webhook", "Alertmanager", "Grafana", "Jira", "GitLab"];

    /// <summary>Vendors never name each other.</summary>
    public static string? VendorsKeepApart(string path, string text)
    {
        if (!path.StartsWith("src/GameDay.Integrations/", StringComparison.Ordinal) || path.Split('/') is not [_, _, var own, _]) return null;
        var other = Vendors.FirstOrDefault(v => v != own && text.Contains($"GameDay.Integrations.{v}", StringComparison.Ordinal));
        return other is null ? null : $"{path} names {other}";
    }

    /// <summary>IFault is behaviour: only Engine, Reaper, its own project and the composition may name it.</summary>
    public static string? OnlyTheEngineCallsFaults(string path, string text) =>
        MayNameFaults(path) || !FaultName().IsMatch(text) ? null : $"{path} names IFault";

    /// <summary>Only the outbox sends to people or writes into trackers.</summary>
    public static string? OnlyTheOutboxSends(string path, string text) =>
        path.Contains("/Outbox", StringComparison.Ordinal) || path.StartsWith("src/GameDay.Integrations/", StringComparison.Ordinal) || path.StartsWith("src/GameDay.Domain/Plugins/", StringComparison.Ordinal) || !Sends().IsMatch(text)
            ? null : $"{path} sends past the outbox";

    /// <summary>A feature may name another feature's Query or Command, never its handler or row.</summary>
    public static string? FeaturesKeepTheirInsides(string path, string text)
    {
        if (!path.StartsWith("src/GameDay.Web/Features/", StringComparison.Ordinal)) return null;
        var found = ForeignInside().Matches(text).FirstOrDefault(m => m.Groups["slice"].Value is var slice && !path.EndsWith($"/{slice}.cs", StringComparison.Ordinal));
        return found is null ? null : $"{path} names {found.Value}";
    }

    private static bool MayNameFaults(string path) =>
        path.StartsWith("src/GameDay.Engine/", StringComparison.Ordinal) || path.StartsWith("src/GameDay.Reaper/", StringComparison.Ordinal) || path.StartsWith("src/GameDay.Faults/", StringComparison.Ordinal)
        || path.StartsWith("src/GameDay.Domain/", StringComparison.Ordinal) || path.StartsWith("src/GameDay.Web/Hosting/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bIFault\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FaultName();

    [GeneratedRegex(@"\b(INotifier|ITracker)\b[\s\S]*\.(SendAsync|WriteAsync)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sends();

    [GeneratedRegex(@"\b(?<slice>[A-Z]\w+)\.Handler\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForeignInside();
}

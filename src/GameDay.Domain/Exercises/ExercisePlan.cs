using System.Security.Cryptography;
using System.Text.Json;
using GameDay.Domain.Experiments;

namespace GameDay.Domain.Exercises;

public enum ExerciseType { GameDay, Mini, Tabletop, Drill }

/// <summary>What is planned and approved; the content of an exercise file.</summary>
public sealed record ExercisePlan
{
    public required string Title { get; init; }
    public ExerciseType Type { get; init; } = ExerciseType.GameDay;
    public string Goal { get; init; } = "";
    /// <summary>Name of a configured cluster. Default: sandbox.</summary>
    public string Cluster { get; init; } = "sandbox";
    /// <summary>Name of a policy: sandbox or production.</summary>
    public string Policy { get; init; } = "sandbox";
    /// <summary>Channel that hears the notices, e.g. <c>#gameday</c>.</summary>
    public string Channel { get; init; } = "#gameday";
    public IReadOnlyList<string> OffLimits { get; init; } = [];
    /// <summary>Runs its experiments one after the other without a person, then finishes. Default: false, somebody starts each.</summary>
    public bool Automatic { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public IReadOnlyList<ExperimentPlan> Experiments { get; init; } = [];

    /// <summary>
    /// Hash of what an approval binds to: window, cluster, policy, targets, faults, magnitudes, durations, probes and abort conditions.
    /// Typos in titles and prose do not void an approval.
    /// </summary>
    public string Hash()
    {
        var binding = new
        {
            Cluster, Policy, StartsAt, EndsAt,
            Experiments = Experiments.Select(e => new
            {
                e.Key, e.Fault.Kind, Settings = e.Fault.Settings.OrderBy(s => s.Key, StringComparer.Ordinal), e.Targets, e.Duration, e.RecoverWithin, e.AbortWhen,
                Probes = e.Probes.Select(p => p with { Question = "" }),
            }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(binding)))[..16];
    }
}

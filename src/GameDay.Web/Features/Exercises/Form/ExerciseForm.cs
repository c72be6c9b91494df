using GameDay.Domain.Exercises;
using GameDay.Web.Components.Parts;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>The plan as fields hold it: text, checked only when it is turned into an exercise file. One judge for form, paste and command line.</summary>
public sealed class ExerciseForm
{
    public string Title { get; set; } = "";
    public string Goal { get; set; } = "";
    public string Type { get; set; } = "gameday";
    public string Cluster { get; set; } = "sandbox";
    public string Policy { get; set; } = "sandbox";
    public string Channel { get; set; } = "#gameday";
    /// <summary>Starts by itself at StartsAt and goes through its experiments alone.</summary>
    public bool Automatic { get; set; }
    /// <summary>One per line.</summary>
    public string OffLimits { get; set; } = "";
    public DateTime? StartsAt { get; set; }
    public DateTime? EndsAt { get; set; }
    public List<ExperimentForm> Experiments { get; init; } = [];

    public static ExerciseForm Empty(string cluster) => new() { Cluster = cluster, Experiments = { ExperimentForm.Empty() } };

    public static ExerciseForm Of(ExercisePlan plan, Viewer viewer) => new()
    {
        Title = plan.Title,
        Goal = plan.Goal,
        Type = plan.Type.ToString().ToLowerInvariant(),
        Cluster = plan.Cluster,
        Policy = plan.Policy,
        Channel = plan.Channel,
        Automatic = plan.Automatic,
        OffLimits = string.Join('\n', plan.OffLimits),
        StartsAt = plan.StartsAt is { } start ? viewer.Local(start).DateTime : null,
        EndsAt = plan.EndsAt is { } end ? viewer.Local(end).DateTime : null,
        Experiments = [.. plan.Experiments.Select(ExperimentForm.Of)],
    };
}

using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.People;

namespace GameDay.IntegrationTests;

/// <summary>Plans and people that tests start from.</summary>
public static class Plans
{
    public static readonly Actor Author = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana", Role.Facilitator);
    public static readonly Actor Approver = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"), "Ben", Role.Approver);

    public static ExperimentPlan Experiment(string key = "first", string fault = "fake", double seconds = 1) => new()
    {
        Key = key,
        Title = $"Experiment {key}",
        Hypothesis = "While it lasts, checkouts succeed",
        Fault = new FaultSpec(fault, new Dictionary<string, string> { ["delay"] = "300ms" }),
        Targets = new TargetSpec("shop", "app=cart"),
        Duration = TimeSpan.FromSeconds(seconds),
        RecoverWithin = TimeSpan.FromSeconds(5),
        Probes = [new ProbeSpec { Name = "success", Question = "Do checkouts succeed?", Unit = "%", Every = TimeSpan.FromMilliseconds(100), Tolerance = new Tolerance(Min: 99) }],
        AbortWhen = [new AbortCondition("success", 50, null, TimeSpan.FromSeconds(1))],
    };

    public static ExercisePlan Plan(params ExperimentPlan[] experiments) => new() { Title = "Lose a cart pod", Experiments = experiments.Length == 0 ? [Experiment()] : experiments };

    public static Exercise Draft(params ExperimentPlan[] experiments) => new(Guid.CreateVersion7(), Plan(experiments), Author, TimeProvider.System.GetUtcNow());
}

using GameDay.Benchmarks.Stage;

namespace GameDay.Benchmarks.Plants;

/// <param name="Rule">Number of the protocol's rule that it breaks.</param>
/// <param name="Provoked">Mishaps that bring it out, drawn in every trial.</param>
/// <param name="Stack">How a stack with the defect is made.</param>
/// <param name="Seconds">How long its faults last; null: drawn.</param>
/// <param name="OnlyAgents">Only faults that live in a pod's kernel.</param>
/// <param name="Calm">No other mishaps: a fault that ends early is then the defect's doing.</param>
internal sealed record Plant(int Rule, string[] Provoked, StackOptions Stack, bool Calm = false, int? Seconds = null, bool OnlyAgents = false);

/// <summary>Every planted defect of the protocol's last section.</summary>
internal static class PlantList
{
    public static readonly IReadOnlyDictionary<string, Plant> All = new Dictionary<string, Plant>(StringComparer.Ordinal)
    {
        ["verify-always-true"] = new(6, ["late-undo"], App("verify-always-true")),
        ["entry-after-inject"] = new(1, [], App("entry-after-inject")),
        ["entry-deleted-at-revert"] = new(10, [], App("entry-deleted-at-revert")),
        ["inject-again-after-reap"] = new(1, ["end-by-hand"], App("inject-again-after-reap"), Seconds: 20),
        ["no-not-after"] = new(2, ["image-late"], new StackOptions(1, 1, AgentPlant: "no-not-after"), Seconds: 8, OnlyAgents: true),
        ["late-post"] = new(2, [], App("late-post")),
        ["undo-without-compare"] = new(7, ["somebody-scales"], App("undo-without-compare")),
        ["reaper-trusts-its-clock"] = new(9, [], new StackOptions(1, 1, ReapersOwnClock: TimeSpan.FromMinutes(5)), Calm: true),
        ["beat-without-database"] = new(9, ["kill-database-long"], App("beat-without-database")),
        ["abort-waits-for-loop"] = new(12, ["abort"], App("abort-waits-for-loop"), Seconds: 45),
        ["no-kernel-timeout"] = new(3, ["kill-everything"], new StackOptions(1, 1, AgentPlant: "no-kernel-timeout"), Seconds: 12, OnlyAgents: true),
    };

    private static StackOptions App(string plant) => new(1, 1, AppPlant: plant);
}

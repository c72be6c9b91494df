using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Exercises;

/// <summary>Where a target is, in a few words: its workload, its node, its zone.</summary>
public static class TargetPlace
{
    public static string Of(FaultTarget target) => Words(target.Name, target.Owner, target.Node, target.Zone);

    public static string Of(ApprovedTarget target) => Words(target.Name, target.Owner, target.Node, target.Zone);

    // A node is not said to be on itself, a workload not to be its own.
    private static string Words(string name, string? owner, string? node, string? zone) =>
        string.Join(" · ", new[] { owner?.EndsWith($"/{name}", StringComparison.Ordinal) == true ? null : owner, node == name ? null : node, zone }.OfType<string>());
}

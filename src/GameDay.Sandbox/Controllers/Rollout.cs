using System.Text.Json.Nodes;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>A deployment's ReplicaSets: the one of its present template, and older ones.</summary>
/// <param name="OldPods">Pods of older sets that still exist, ending ones included.</param>
internal sealed record Rollout(JsonObject? New, IReadOnlyList<JsonObject> Old, int OldPods)
{
    public IEnumerable<JsonObject> All => New is null ? Old : Old.Append(New);

    public int Sum(params string[] path) => All.Sum(set => set.Number(path) ?? 0);
}

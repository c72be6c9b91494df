using GameDay.Domain.Plugins;
using GameDay.Kubernetes;

namespace GameDay.Faults.Cordons;

/// <summary>Cordon and marks in one write, and both off in one write: each made against the very reading that allows it.</summary>
internal sealed class NodeWrites(KubernetesClient client, InjectionOrder order, UndoPlan undo)
{
    private const string Unschedulable = "unschedulable";

    /// <summary>It was cordoned before the fault, and stays so.</summary>
    public bool WasCordoned => undo.Values["cordonedBefore"] == "true";

    /// <summary>Null when the very node is gone, whoever has its name now.</summary>
    public async Task<V1Node?> FindAsync(CancellationToken ct) =>
        await client.FindAsync<V1Node>(order.Target.Name, cancellationToken: ct) is { } node && node.Metadata.Uid == order.Target.Uid ? node : null;

    /// <exception cref="FaultRefused">Gone, replaced, marked by another injection, or cordoned or uncordoned since it was read first.</exception>
    public Task CordonAsync(bool dryRun, CancellationToken ct) => Refusals.RefuseIfUntouchedAsync(() => Conditional.AgainWhenMovedAsync(async () =>
    {
        var node = await FindAsync(ct) ?? throw new FaultRefused($"The node {order.Target.Name} is gone or was replaced; resolve the targets again.");
        ObjectMarks.RefuseForeign(node.Metadata, order);
        if (IsCordoned(node) != WasCordoned)
            throw new FaultRefused($"The node {order.Target.Name} was {(WasCordoned ? "uncordoned" : "cordoned")} since it was looked at; nothing was changed.");
        if (!dryRun)
            await Landing.RefuseLateAsync(client, order, ct);
        var patch = ObjectMarks.PutOn(node.Metadata, order, undo, WasCordoned ? null : Spec(true));
        return await Landing.AwaitAnswerAsync(answered => client.PatchAsync<V1Node>(patch, order.Target.Name, dryRun: dryRun, cancellationToken: answered), ct);
    }));

    /// <summary>Repeatable. Takes off only a cordon that we put on, from a node that carries this injection (rules 7 and 13).</summary>
    public Task UncordonAsync(CancellationToken ct) => Conditional.AgainWhenMovedAsync(async () =>
    {
        if (await FindAsync(ct) is { } node && Marks.Carries(node.Metadata, order))
            await client.PatchAsync<V1Node>(ObjectMarks.TakeOff(node.Metadata, IsOurs(node) ? Spec(null) : null), order.Target.Name, cancellationToken: ct);
        return true;
    });

    public bool IsOurs(V1Node node) => IsCordoned(node) && !WasCordoned && FieldOwner.MayBeUs(WrittenBy(node));

    public static bool IsCordoned(V1Node node) => node.Spec?.Unschedulable == true;

    public static string? WrittenBy(V1Node node) => FieldOwner.Of(node.Metadata, "spec", Unschedulable);

    private static Dictionary<string, bool?> Spec(bool? cordoned) => new(StringComparer.Ordinal) { [Unschedulable] = cordoned };
}
